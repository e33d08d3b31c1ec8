import type { Day } from '#kernel/day.ts';
import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';

/** M-30 to M-32 (`screens.md 8`). Pure; the name is the only personal data. */

export type MailText = { subject: string; body: string };

/** M-30: the link that makes somebody a 事務局ユーザー. */
export function invitationMail(about: { name: string; office: string; inviter: string; until: Day; link: string }): MailText {
  return {
    subject: 'MAMIS事務局ユーザーへの招待',
    body: [
      `${about.name} 様`,
      '',
      `${about.office}の${about.inviter}さんから、MAMISの事務局ユーザーとして招待されました。`,
      `${formatDayPlain(about.until)}までに、次のURLからログインIDとパスワードを登録してください。`,
      '',
      about.link,
      '',
      'お心当たりがない場合は、上のURLを開いて「心当たりがない」を押してください。招待は取り消されます。',
    ].join('\n'),
  };
}

/** To the inviter: the address was not the right person's. */
export function declinedMail(about: { name: string; link: string }): MailText {
  return {
    subject: '事務局ユーザーへの招待に「心当たりがない」との回答がありました',
    body: [
      `${about.name} 様への招待に、「心当たりがない」との回答がありました。招待は取り消されています。`,
      'メールアドレスをご確認のうえ、必要な場合は改めて登録してください。',
      '',
      `事務局ユーザー管理:${about.link}`,
    ].join('\n'),
  };
}

/** M-05 to somebody whose second factor a 管理者 has lifted. */
export function factorLiftedMail(about: { name: string; at: Date; link: string }): MailText {
  return {
    subject: 'ログイン情報に変更がありました',
    body: [
      `${about.name} 様`,
      '',
      '所属医師会の管理者が、2段階認証を解除しました。',
      '',
      `日時:${formatInstant(about.at)}`,
      '',
      '次のログインのときに、2段階認証を設定し直してください。設定し直してからしばらくは、承認・出力ができません。',
      'お心当たりがない場合は、すぐに所属医師会の管理者にご連絡ください。',
      `ログイン:${about.link}`,
    ].join('\n'),
  };
}

/** M-31: to the person himself, and to the 管理者 of his office. */
export function endingMail(about: { name: string; until: Day; own: boolean; link: string }): MailText {
  const what = about.own ? 'あなたのアカウント' : `${about.name} 様のアカウント`;
  return {
    subject: 'アカウントの有効期間が近づいています',
    body: [
      `MAMISの${what}の有効期間は、${formatDayPlain(about.until)}までです。`,
      about.own ? '続けて利用する場合は、管理者に有効期間の延長をご依頼ください。' : '続けて利用する場合は、有効期間を延長してください。',
      '',
      `${about.own ? 'ログイン' : '事務局ユーザー管理'}:${about.link}`,
    ].join('\n'),
  };
}

/** M-32: to the upper association. */
export function adminlessMail(about: { office: string; until: Day | null }): MailText {
  const fact =
    about.until === null
      ? '利用できる管理者が登録されていません。'
      : `最後の管理者の有効期間が${formatDayPlain(about.until)}に終わります。`;
  return {
    subject: '管理者不在のおそれがある医師会について',
    body: [
      `${about.office}では、${fact}`,
      '後任の管理者を登録するよう、ご案内をお願いいたします。登録できる管理者がいない場合は、日本医師会会員情報室にご連絡ください。',
    ].join('\n'),
  };
}

/** A long night brings no endless mail. */
const mostLines = 100;

/** M-40 once a day, for those who have chosen so (`screens.md O-27`): what came since the last. */
export function digestMail(about: { lines: readonly string[]; link: string }): MailText {
  const more = about.lines.length - mostLines;
  return {
    subject: `申請のお知らせのまとめ(${about.lines.length}件)`,
    body: [
      '前回のまとめの後に、次のお知らせがありました。',
      '',
      ...about.lines.slice(0, mostLines).map((line) => `・${line}`),
      ...(more > 0 ? [`ほか${more}件`] : []),
      '',
      'ログインして内容をご確認ください。',
      `TOP:${about.link}`,
      '',
      'メールの受け取り方は、「ログイン情報」の「メールの受け取り方」で変更できます。',
    ].join('\n'),
  };
}
