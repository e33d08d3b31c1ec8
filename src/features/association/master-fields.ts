import type { Day } from '#kernel/day.ts';
import type { ChangeState, MasterState } from './flow.ts';

/** Words of 医師会マスタ (`screens.md J-02`). */

export const masterSheetFile = '医師会マスタ';

export const masterNames = {
  code: '医師会コード',
  name: '名称',
  kana: 'フリガナ',
  layer: '階層',
  parent: '上位医師会',
  parentCode: '上位医師会の医師会コード',
  sheetParentCode: '上位医師会コード',
  prefectureCode: '都道府県コード',
  kind: '種別',
  prefecture: '都道府県',
  certainty: '確認',
  state: '状態',
  opensOn: '設立日',
  closesOn: '廃止日',
  startsOn: '適用日',
  reason: '理由',
  answer: '回答',
  on: '基準日',
  search: '名称・フリガナ・コード',
  change: '改編の種類',
  target: '会員が移る先の医師会',
  targetCode: '会員が移る先の医師会コード',
  splitRule: '移る会員の決め方',
  splitText: '所在地に含まれる文字、または医籍登録番号',
  carriesStaff: '職員(事務局ユーザー)も移る先に引き継ぐ',
  adminMail: '初期管理者のメールアドレス',
  firstAdmin: '初期管理者',
  withdrawalReason: '取消の理由',
} as const;

/** Columns of a file that only lines of new associations fill in: the 初期管理者, who gets M-30. */
export const adminColumns = {
  surname: '初期管理者 姓',
  givenName: '初期管理者 名',
  surnameKana: '初期管理者 セイ',
  givenNameKana: '初期管理者 メイ',
  adminMail: '初期管理者 メールアドレス',
} as const;

export type AdminColumn = keyof typeof adminColumns;

export const kindLabels = {
  national: '全国',
  prefectural: '都道府県',
  district: '郡市区',
  university: '大学',
  ward: '地区',
  other: 'その他',
} as const;

export type AssociationKind = keyof typeof kindLabels;

/** Guard for a kind from a form or the database. */
export function isAssociationKind(text: string): text is AssociationKind {
  return Object.hasOwn(kindLabels, text);
}

/** Changes that are entered one by one. */
export const formChangeLabels = { rename: '改称', merge: '合併', split: '分割', reparent: '上位変更', close: '廃止' } as const;

/** Guard for a kind of change of the form. */
export function isFormChangeKind(text: string): text is keyof typeof formChangeLabels {
  return Object.hasOwn(formChangeLabels, text);
}

/** All changes; 一括更新 is what a line of a file changes. */
export const changeLabels = { ...formChangeLabels, revise: '一括更新' } as const;

export type ChangeKind = keyof typeof changeLabels;

/** Guard for a kind of change. */
export function isChangeKind(text: string): text is ChangeKind {
  return Object.hasOwn(changeLabels, text);
}

/** Changes by which members go to another association. */
export function movesMembers(kind: ChangeKind): boolean {
  return kind === 'merge' || kind === 'split';
}

/** Changes after which the association is no more. */
export function endsAssociation(kind: ChangeKind): boolean {
  return kind === 'merge' || kind === 'close';
}

export const splitRuleLabels = { address: '所属施設の所在地', list: '医籍登録番号の一覧' } as const;

export type SplitRule = keyof typeof splitRuleLabels;

/** Guard for the rule of a split. */
export function isSplitRule(text: string): text is SplitRule {
  return Object.hasOwn(splitRuleLabels, text);
}

/** Name of the field that maps one category to one of the other association. */
export function categoryMapField(id: number): string {
  return `categories.c${id}`;
}

export const changeStateLabels: Readonly<Record<ChangeState, string>> = {
  proposed: '2人目の確認待ち',
  reserved: '予約済',
  moving: '会員の移動中',
  done: '適用済',
  withdrawn: '取消',
};

/** Of a new association of a file. */
export const openingStateLabels: Readonly<Partial<Record<ChangeState, string>>> = {
  proposed: changeStateLabels.proposed,
  done: '登録済',
  withdrawn: changeStateLabels.withdrawn,
};

export const associationStateLabels = {
  active: '有効',
  planned: '予定',
  closed: '廃止',
  withdrawn: '取消',
} as const satisfies Record<MasterState, string>;

/** Guard for a state of the filter. */
export function isMasterState(text: string): text is MasterState {
  return Object.hasOwn(associationStateLabels, text);
}

export const checkedLabels = { checked: '確認済', unchecked: '未確認' } as const;

export type Checked = keyof typeof checkedLabels;

/** Guard for 確認 of the filter. */
export function isChecked(text: string): text is Checked {
  return Object.hasOwn(checkedLabels, text);
}

/** 確認済 / 未確認: whether somebody has confirmed the name and place. */
export function certaintyText(certainty: string): string {
  return certainty === 'unverified' ? checkedLabels.unchecked : checkedLabels.checked;
}

/** One association as it is on a day. */
export type MasterRow = {
  id: number;
  code: string;
  name: string;
  kana: string;
  layer: number;
  kind: string;
  prefectureCode: string | null;
  prefecture: string | null;
  parentId: number | null;
  parent: string | null;
  certainty: string;
  /** 設立日: the first day of its first version. */
  opensOn: Day;
  startsOn: Day;
  endsOn: Day | null;
  closesOn: Day | null;
  /** Its 設立 was taken back before the day. */
  withdrawn: boolean;
  members: number;
};
