import type { ChangeState } from './flow.ts';

/** Words of 医師会マスタ (`screens.md J-02`). */

export const masterNames = {
  code: '医師会コード',
  name: '名称',
  kana: 'フリガナ',
  layer: '階層',
  parent: '上位医師会',
  parentCode: '上位医師会の医師会コード',
  kind: '種別',
  prefecture: '都道府県',
  opensOn: '設立日',
  startsOn: '適用日',
  reason: '理由',
  answer: '回答',
  on: '基準日',
  search: '名称・フリガナ・コード',
  change: '改編の種類',
} as const;

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

export const changeLabels = { rename: '改称', reparent: '上位変更', close: '廃止' } as const;

export type ChangeKind = keyof typeof changeLabels;

/** Guard for a kind of change. */
export function isChangeKind(text: string): text is ChangeKind {
  return Object.hasOwn(changeLabels, text);
}

export const changeStateLabels: Readonly<Record<ChangeState, string>> = {
  proposed: '2人目の確認待ち',
  reserved: '予約済',
  done: '適用済',
  withdrawn: '取消',
};

export const associationStateLabels = { active: '有効', planned: '予定', closed: '廃止' } as const;

export const certaintyLabels = { sourced: '確認済', product: '確認済', unverified: '未確認' } as const;
