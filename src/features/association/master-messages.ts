import type { Day } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';

/** What is said about 医師会マスタ when something cannot be done (`screens.md J-02`). */
export const masterTexts = {
  codeTaken: 'このコードは既に使用されています',
  codeShape: (label: string) => `${label}は5桁の数字で入力してください`,
  wrongParent: '上位医師会の階層が正しくありません',
  noParent: '上位医師会が見つかりません。医師会コードを確認してください',
  fromToday: '適用日は本日以降の日付を入力してください',
  tooFar: '適用日は5年以内の日付を入力してください',
  tooEarly: (since: Day) => `${formatDayPlain(since)}から現在の内容が適用されています。適用日は、その翌日以降の日付にしてください。`,
  changeOpen: 'この医師会には、まだ適用されていない改編があります。適用または取消の後に入力してください。',
  sameName: '現在と同じ名称・フリガナです。変更する内容を入力してください。',
  sameParent: '現在と同じ上位医師会です。',
  notTop: '日本医師会の上位変更・廃止はできません。',
  alreadyClosed: 'この医師会は廃止されています。',
  burden: (about: { members: number; cases: number; below: number }, on: Day) =>
    `${formatDayPlain(on)}以降の会員${about.members}名、処理中の届${about.cases}件、下位の医師会${about.below}件があるため、できません。先に異動・退会・上位変更を済ませてください。`,
  belowFirst: (below: number) => `下位の医師会が${below}件あるため、できません。先に下位の医師会の上位変更を済ませてください。`,
  sameAssociation: '自らに合併・分割することはできません。別の医師会コードを入力してください。',
  targetLayer: '会員が移る先は、同じ階層で、適用日に同じ上位医師会の下にある医師会にしてください。',
  targetClosed: '会員が移る先の医師会は、適用日に有効ではありません。',
  targetBusy: '会員が移る先の医師会に、まだ適用されていない改編があります。適用または取消の後に入力してください。',
  isTarget: 'この医師会に会員が移る改編が予定されています。適用または取消の後に入力してください。',
  nobodyMoves: '決め方に合う会員がいません。所在地の文字または医籍登録番号を確認してください。',
  tooManyEntries: (most: number) => `一度に入力できるのは${most.toLocaleString('ja-JP')}行までです。`,
  licenceShape: (line: number) => `${line}行目は医籍登録番号ではありません。1行に1つ、数字で入力してください。`,
  categoryOf: (name: string) => `「${name}」の移る先の会員区分`,
  categoryMissing: '会員区分の対応が足りません。取り消して、入力し直してください。',
  adminAlready: 'この医師会には管理者がいます。追加の管理者は、その医師会が事務局ユーザー管理から招待します。',
  closedAssociation: '廃止された医師会には管理者を招待できません。',
  samePerson: '入力した担当者は予約できません。別の担当者が確認してください。',
  settled: 'この改編は、すでに処理されています。最新の内容をご確認ください。',
  dayPassed: '適用日を過ぎています。取り消して、入力し直してください。',
  answered: 'この申出は、すでに回答されています。',
  needsAnswer: '却下するときは回答を入力してください',
  fromRequest: '医師会からの申出による',
} as const;
