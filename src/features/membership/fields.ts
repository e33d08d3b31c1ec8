/** What a page of members may be narrowed by and may show (`screens.md O-07`). Pure. */

/** 状態 of a member, in the order of the boxes. */
export const memberMarks = [
  'waived',
  'trainee',
  'trainingEnds',
  'unregistered',
  'undelivered',
  'inQuestion',
  'unseen',
  'applying',
] as const;
export type MemberMark = (typeof memberMarks)[number];

const markLabels: Record<MemberMark, string> = {
  waived: '会費免除期間中',
  trainee: '臨床研修中',
  trainingEnds: '研修修了が近い',
  unregistered: 'マイページ未登録',
  undelivered: 'メール不達',
  inQuestion: '重複の疑い',
  unseen: '(確認前)',
  applying: '未処理の申請あり',
};

/** The word of a 状態. */
export function markLabel(mark: MemberMark): string {
  return markLabels[mark];
}

/** Columns beside 氏名, which is always there. */
export const memberColumnCodes = [
  'licence',
  'category',
  'jma',
  'facility',
  'department',
  'joined',
  'left',
  'age',
  'sendTo',
  'marks',
] as const;
export type MemberColumnCode = (typeof memberColumnCodes)[number];

const columnLabels: Record<MemberColumnCode, string> = {
  licence: '医籍登録番号',
  category: '会員区分',
  jma: '日医',
  facility: '所属施設',
  department: '主たる科名',
  joined: '入会日',
  left: '退会日',
  age: '年齢',
  sendTo: '送付先',
  marks: '状態',
};

/** Head of a column. */
export function columnLabel(code: MemberColumnCode): string {
  return columnLabels[code];
}

export const guidanceWays = ['mail', 'letter'] as const;
/** マイページの案内 (`screens.md O-08`) by mail (frame of M-03) or as a letter on paper (L-05). */
export type GuidanceWay = (typeof guidanceWays)[number];
