import type { Day } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import type { ProposalState } from '../flow.ts';
import { stateLabels } from '../labels.ts';

/**
 * Mails of the proposals for the master of facilities (`screens.md O-14, 8`). To offices no person is named; to a doctor his workplace is
 * not: the master is public, but who works where is not. Pure.
 */

export type MailText = { subject: string; body: string };

/** M-40, to who has to decide now. */
export function waitingMail(about: { kind: string; from: string; link: string; merge: boolean }): MailText {
  const what = about.merge
    ? '施設の重複の報告が、都道府県医師会で承認されました。'
    : `${about.from}から、施設マスタへの提案(${about.kind})がありました。`;
  return {
    subject: about.merge ? '施設の統合をお願いします' : '施設の提案があります',
    body: [
      what,
      `MAMISにログインし、内容をご確認のうえ、${about.merge ? '統合または却下' : '承認または却下'}をお願いいたします。`,
      '',
      `画面:${about.link}`,
    ].join('\n'),
  };
}

/** M-46, to the office that proposed: result and reason. */
export function resultMail(about: {
  kind: string;
  facility: string;
  state: ProposalState;
  by: string;
  answer: string;
  /** The day of a merge that is to come. */
  mergeOn?: Day | undefined;
  /** The JMA had set a day and has taken it back. */
  unplanned?: boolean;
  link: string;
}): MailText {
  const result = about.unplanned === true ? '統合の予定の取消' : stateLabels[about.state];
  return {
    subject: `施設の提案の結果(${result})`,
    body: [
      `施設マスタへの提案(${about.kind}:${about.facility})の結果をお知らせします。`,
      '',
      `結果:${result}(${about.by})`,
      ...(about.mergeOn === undefined ? [] : [`統合日:${formatDayPlain(about.mergeOn)}`]),
      ...(about.answer === '' ? [] : [`理由:${about.answer}`]),
      '',
      `画面:${about.link}`,
    ].join('\n'),
  };
}

/** M-27, to a doctor whose workplace has become another entry of the master. */
export function workplaceMail(about: { name: string; by: string; on: Day; link: string }): MailText {
  return {
    subject: '登録情報が変更されました',
    body: [
      `${about.name} 様`,
      '',
      '施設マスタの整理(同じ施設の統合など)に伴い、所属施設の登録が変更されました。',
      '',
      '変更された項目:所属施設',
      `変更した医師会:${about.by}`,
      `日付:${formatDayPlain(about.on)}から`,
      '',
      'お手続きは必要ありません。前日までの記録は変わりません。',
      'マイページにログインし、次の画面から変更後の所属施設をご確認ください。',
      `画面:${about.link}`,
      '',
      '所属施設が異なる場合は、所属医師会へご連絡ください。',
    ].join('\n'),
  };
}
