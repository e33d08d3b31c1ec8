/** M-33 and M-34 (`screens.md 8`): to people with a login only that there is something; to guests the answer itself. */

export type MailText = { subject: string; body: string };

type Facts = { name: string; number: string; kind: string };

const written = ({ name }: Facts, lines: readonly string[]): string => [`${name} 様`, '', ...lines].join('\n');

/** M-33: the question has arrived. `link` is the thread; a guest has none. */
export function askedMail(facts: Facts, link: string | undefined): MailText {
  return {
    subject: 'お問合せを受け付けました',
    body: written(facts, [
      'お問合せを受け付けました。回答までしばらくお待ちください。',
      '',
      `受付番号:${facts.number}`,
      `お問合せの種類:${facts.kind}`,
      '',
      ...(link === undefined
        ? ['回答は、このメールアドレスにお送りします。心当たりがない場合は、このメールを破棄してください。']
        : ['回答はMAMISにログインしてご覧いただけます。', '', `画面:${link}`]),
    ]),
  };
}

/** M-34 to somebody with a login: the text is read after the login. */
export function answeredMail(facts: Facts, link: string): MailText {
  return {
    subject: 'お問合せへの回答があります',
    body: written(facts, [
      `お問合せ(受付番号:${facts.number})に回答がありました。MAMISにログインしてご覧ください。`,
      'ご不明な点が残る場合は、画面の「返信する」からお知らせください。',
      '',
      `画面:${link}`,
    ]),
  };
}

/** M-34 to a guest: the answer is in the mail, because there is no other place. */
export function guestAnswerMail(facts: Facts, answer: { body: string; from: string; link: string }): MailText {
  return {
    subject: 'お問合せへの回答があります',
    body: written(facts, [
      `お問合せ(受付番号:${facts.number})に、${answer.from}から次のとおり回答します。`,
      '',
      answer.body,
      '',
      'さらにお尋ねになるときは、次のお問合せフォームから、受付番号を書き添えてお送りください。',
      `お問合せフォーム:${answer.link}`,
    ]),
  };
}
