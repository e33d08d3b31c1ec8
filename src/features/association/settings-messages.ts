import type { Day } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';

/** What is said about 環境設定 when it cannot be saved, and who changed it (`screens.md O-21`). */

type Days = { back: number; ahead: number };

export const settingsTexts = {
  range: (label: string, least: number, most: number) =>
    `${label}は${least.toLocaleString('ja-JP')}から${most.toLocaleString('ja-JP')}までの数字で入力してください`,
  directJoinLayer: '直接入会は、都道府県医師会だけが設定できます。',
  noUpperLayer: '上位の医師会がないため、「必須としない」を選択してください。',
  ownLayer: '「必須としない」または「日本医師会まで必須」を選択してください。',
  upperOnly: '日本医師会までの入会を必須とする場合は、上層のみの退会を「認めない」にしてください。',
  separateOrder: '別に退会届を求める場合は、異動時の退会の順序を「並行」にしてください。',
  decisionBack: (wish: Days) =>
    `希望年月日に指定できる過去${wish.back}日より短くすることはできません。${wish.back}日以上を入力してください。`,
  decisionAhead: (wish: Days) =>
    `希望年月日に指定できる先${wish.ahead}日より短くすることはできません。${wish.ahead}日以上を入力してください。`,
  boardNeedsDays: (startsOn: Day) =>
    `入会日の決め方を「理事会開催日」にする場合は、適用開始日(${formatDayPlain(startsOn)})以降の理事会日程を入力してください。`,
  notADay: (text: string) => `理事会日程の「${text}」は正しい日付ではありません(例:2026/04/01)`,
  mostMeetings: (most: number) => `理事会日程は${most}日以内で入力してください。`,
  acknowledge: (reminderDays: number) => `督促の日数(${reminderDays}日)より大きい数字を入力してください。`,
  paperTwice: 'この種別に、同じ名称の書類があります。',
  mostPapers: (most: number) => `提出書類は${most}件以内で入力してください。`,
  startTomorrow: '適用開始日は明日以降の日付を入力してください。',
  startTooFar: (to: Day) => `適用開始日は${formatDayPlain(to)}までの日付を入力してください。`,
  startTaken: (version: number, on: Day) =>
    `${formatDayPlain(on)}から始まる予定の第${version}版があります。別の日付を入力するか、第${version}版の予定を取り消してください。`,
  laterPlan: (version: number, on: Day, until: Day) =>
    `${formatDayPlain(on)}から第${version}版が適用される予定です。この版が適用されるのは${formatDayPlain(until)}までです。`,
  confirmLater: '「内容を確認しました」にチェックを入れてください',
  nothingChanged: '現在の設定から変更された項目がありません。変更してから、もう一度お試しください。',
  notPlanned: 'この版は既に適用が始まっているか、取り消されています。最新の内容をご確認ください。',
  changedBy: (act: { name: string; office: string; at: string; action: string }) =>
    `${act.name}(${act.office})が${act.at}に「${act.action}」を行いました。お客様の操作は反映されていません。最新の内容をご確認ください。`,
  planAction: '環境設定の登録',
  withdrawAction: '環境設定の予定の取消',
  chooseKind: '種別を選択してください',
  formGone: '様式のファイルが見つかりません。もう一度ファイルを選択してください。',
  noDays: 'ファイルに日付がありません。1列目に日付を入力してください。',
} as const;
