import type { MailText } from './texts.ts';

/** Texts of the mails that a day brings, not an act (`screens.md 8`). Pure. */

type WaitingCase = { number: string; kindWord: string; days: number };

/** M-41: numbers only, oldest first. */
export function reminderMail(about: { office: string; cases: readonly WaitingCase[]; count: number; link: string }): MailText {
  const more = about.count - about.cases.length;
  return {
    subject: `処理待ちの申請があります(${about.count}件)`,
    body: [
      `${about.office} 御中`,
      '',
      '次の申請が処理を待っています。MAMISにログインしてご確認ください。',
      '',
      ...about.cases.map((one) => `受付番号:${one.number} ${one.kindWord} ${one.days}日経過`),
      ...(more > 0 ? [`ほか${more}件`] : []),
      '',
      `申請一覧:${about.link}`,
    ].join('\n'),
  };
}
