import type { Day } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
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

/** M-22 */
export function draftWarningMail(about: { name: string; paper: string; deletedOn: Day; link: string }): MailText {
  const on = formatDayPlain(about.deletedOn);
  return {
    subject: '一時保存中の届があります',
    body: [
      about.name,
      '',
      `一時保存中の${about.paper}があります。`,
      `このまま操作がない場合、${on}に削除されます。申請される場合は、それまでに続きを入力してください。`,
      '',
      `一時保存:${about.link}`,
    ].join('\n'),
  };
}
