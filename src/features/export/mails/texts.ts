import type { Day } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { rowsWords } from '../labels.ts';

/** M-48 (`screens.md 8`): numbers and counts only. */

export type MailText = { subject: string; body: string };

type Facts = { number: string; title: string; link?: string };

function about({ number, title, link }: Facts, lines: readonly string[]): string {
  return [...lines, '', `出力番号:${number}`, `内容:${title}`, ...(link === undefined ? [] : [`画面:${link}`])].join('\n');
}

/** To the colleagues who may say yes. */
export function awaitingMail(facts: Facts, { maker, rows }: { maker: string; rows: number }): MailText {
  return {
    subject: 'データ出力の承認依頼があります',
    body: about(facts, [`${maker}さんから、データ出力(${rowsWords(rows)})の承認依頼がありました。MAMISにログインしてご確認ください。`]),
  };
}

/** To the association above an office where nobody else could say yes (`screens.md O-23`). */
export function aloneMail(facts: Facts, { office, rows }: { office: string; rows: number }): MailText {
  return {
    subject: '承認なしで作成されたデータ出力があります',
    body: about(facts, [
      `${office}で、データ出力(${rowsWords(rows)})が作成されました。`,
      '承認できる担当者がほかにいないため、2人目の承認を受けずに作成されています。',
    ]),
  };
}

/** To the maker: the file can be fetched. */
export function madeMail(facts: Facts, made: { rows: number; hours: number }): MailText {
  return {
    subject: 'データ出力のファイルを作成しました',
    body: about(facts, [`データ出力のファイルを作成しました(${made.rows}件)。${made.hours}時間以内に取得してください。`]),
  };
}

/** To the maker: a colleague has said no. */
export function declinedMail(facts: Facts): MailText {
  return {
    subject: 'データ出力の依頼が却下されました',
    body: about(facts, ['データ出力の依頼が却下されました。理由は画面でご確認ください。']),
  };
}

/** To the maker on 削除予定日 and every week after it. */
export function deleteMail(facts: Facts, due: { deleteBy: Day; rows: number }): MailText {
  return {
    subject: 'データ出力の削除予定日のお知らせ',
    body: about(facts, [
      `取得したファイル(${due.rows}件)の削除予定日は${formatDayPlain(due.deleteBy)}です。`,
      'ファイルを削除し、画面の「削除を報告する」から報告してください。',
    ]),
  };
}
