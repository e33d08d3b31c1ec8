/** M-26 and its kin (`screens.md 8`): the name is the only personal data, the paper itself never goes by mail. */

export type MailText = { subject: string; body: string };

type Facts = { name: string; office: string; link: string };

const toDoctor = ({ name, link }: Facts, lines: readonly string[]): string => [`${name} 様`, '', ...lines, '', `画面:${link}`].join('\n');

/** M-26, to the doctor: issued by himself, by the office that was asked, or at his request. */
export function issuedMail(facts: Facts, printed: boolean): MailText {
  const fetch = printed
    ? `印刷した証明書は${facts.office}からお受け取りください。マイページからも取り出せます。`
    : 'マイページにログインし、次の画面からPDFを取り出してください。';
  return {
    subject: '在籍証明書を発行しました',
    body: toDoctor(facts, [
      `${facts.office}の在籍証明書を発行しました。`,
      fetch,
      '',
      '心当たりがない場合は、画面から証明書を無効にし、発行した医師会へご連絡ください。',
    ]),
  };
}

/** M-14, to the doctor: what he asked for was sent back. */
export function returnedMail(facts: Facts): MailText {
  return {
    subject: '申請の修正をお願いします',
    body: toDoctor(facts, [
      `在籍証明書の申請が、${facts.office}から差し戻されました。`,
      'マイページにログインし、医師会からのメッセージをご確認のうえ、もう一度申請してください。',
    ]),
  };
}

/** M-56, to the doctor: the office that issued it has ended it; the reason is read after the login. */
export function revokedMail(facts: Facts): MailText {
  return {
    subject: '在籍証明書が無効になりました',
    body: toDoctor(facts, [
      `${facts.office}が、発行した在籍証明書を無効にしました。お手元の証明書は使えません。`,
      'マイページにログインし、無効にした理由をご確認ください。',
      '必要な場合は、マイページから新しく発行するか、発行した医師会へご連絡ください。',
    ]),
  };
}

/** M-40, to the office: somebody has asked for one. */
export function requestedMail(link: string): MailText {
  return {
    subject: '新しい申請があります',
    body: [
      '在籍証明書の申請がありました。MAMISにログインし、内容をご確認のうえ、発行または差戻しをお願いいたします。',
      '',
      `画面:${link}`,
    ].join('\n'),
  };
}
