import type { NotificationState } from './flow.ts';

/** Words of 会員関連通知 (`screens.md O-15`). */

export const listTitle = '会員関連通知';

/** 種類 in the order of the filter. */
export const kindLabels = {
  profile: '登録情報の変更',
  category: '会員区分の変更',
  layers: '上層・下層の入会/退会',
  otherAffiliation: '他の所属の追加',
  otherSide: '異動の相手側の進み',
  effective: '効力発生',
  death: '死亡・所在不明',
  ending: '会費免除・研修修了',
  unreachable: '連絡不能',
  association: '医師会情報の変更',
  objection: '本人からの異議',
} as const;

export type NotificationKind = keyof typeof kindLabels;

/** Guard for a kind from an address or the database. */
export function isKind(text: string): text is NotificationKind {
  return Object.hasOwn(kindLabels, text);
}

export const kinds = Object.keys(kindLabels).filter(isKind);

/** What happened, as it is kept. */
export const deeds = [
  'joined',
  'left',
  'categoryChanged',
  'moved',
  'rejected',
  'revoked',
  'died',
  'deathWithdrawn',
  'missing',
  'objected',
  'profileChanged',
  'mailUndeliverable',
  'trainingEnds',
  'waiverEnds',
  'infoChanged',
  'masterChanged',
  'openingWithdrawn',
  'settingsChanged',
  'settingsWithdrawn',
] as const;

export type Deed = (typeof deeds)[number];

/** Guard for a deed from the database. */
export function isDeed(text: string): text is Deed {
  return deeds.some((deed) => deed === text);
}

export const stateLabels: Readonly<Record<NotificationState, string>> = { unread: '未読', read: '既読', done: '対応済' };

export const stateTones = { unread: 'progress', read: 'neutral', done: 'success' } as const satisfies Record<NotificationState, string>;

/** What may stand in the filter 状況 besides the states. */
export const anyState = 'all';

export const sourceLabels = { person: '本人', system: 'システム' } as const;

export const texts = {
  kind: '種類',
  member: '会員',
  from: '期間(開始)',
  to: '期間(終了)',
  state: '状況',
  assignee: '担当',
  chooseRows: '通知を選択してください',
  chooseAction: '操作を選択してください',
  assigneeGone: '選択された担当者は現在この医師会に所属していません。',
} as const;

/** Items of a profile that a change may name; a name that is not here is shown as その他. */
const fieldLabels: Readonly<Record<string, string>> = {
  surname: '姓',
  givenName: '名',
  surnameKana: 'セイ(フリガナ)',
  givenNameKana: 'メイ(フリガナ)',
  formerSurname: '旧姓',
  formerGivenName: '旧名',
  birthOn: '生年月日',
  sex: '性別',
  postalCode: '郵便番号',
  prefectureCode: '都道府県',
  addressLine: '市区町村番地',
  building: '建物',
  tel: 'TEL',
  fax: 'FAX',
  mail: 'メールアドレス',
  facility: '所属施設',
  mainDepartment: '主たる科名',
  departments: '担当する科名',
  schoolCode: '出身校',
  schoolText: '出身校',
  graduatedOn: '卒業年月',
  degreeText: '学位',
  degreeOn: '学位取得年月',
  trainingEndsOn: '臨床研修修了年月',
  societies: '学会',
  mailings: '送付物設定',
};

/** Names of changed items, each once. */
export function fieldText(fields: readonly string[]): string {
  return [...new Set(fields.map((field) => fieldLabels[field] ?? 'その他'))].join('、');
}
