import type { Day } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';

/** What is said about 医師会情報 when it cannot be saved (`screens.md O-19`). */
export const infoTexts = {
  defaultTitle: '会長',
  chooseWay: '発行方法を選択してください',
  fromToday: '適用日は本日以降の日付を入力してください',
  tooFar: '適用日は5年以内の日付を入力してください',
  beforeBase: (from: Day) => `もとの内容は${formatDayPlain(from)}から適用されます。適用日は、その日以降の日付を入力してください`,
  otherContent: (from: Day) =>
    `この適用日には、${formatDayPlain(from)}からの内容が適用されます。その内容を変更するときは、医師会情報の「変更の履歴」から、その予定を変更してください`,
  changedMeanwhile: 'ほかの管理者が先に保存しました。最新の内容をご確認ください。',
  nothingChanged: '現在の内容から変更された項目がありません。変更してから、もう一度お試しください。',
  website: 'ウェブサイトは http:// または https:// で始まるURLを入力してください',
  postal: '郵便番号は7桁の数字で入力してください',
  sealKind: '印影はPNG、JPEG、GIFのいずれかの画像をアップロードしてください',
  sealSize: '印影の大きさが1MBを超えています。1MB以内の画像をアップロードしてください',
  sealGone: '印影の画像が見つかりません。もう一度アップロードしてください。',
  sameName: '現在と同じ名称・フリガナです。変更する内容を入力してください。',
  requestOpen: '名称の変更の申出が、すでに日本医師会に届いています。回答をお待ちください。',
  changeAction: '医師会情報の変更',
} as const;
