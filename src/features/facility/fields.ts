import { formatPost } from '#kernel/fold-input.ts';

/** What the master knows about a facility (`screens.md O-14`), as texts for forms, differences and history. Pure. */

export const facilityFields = [
  'name',
  'kana',
  'commonName',
  'institutionCode',
  'postalCode',
  'prefectureCode',
  'address',
  'tel',
  'fax',
  'ownerType',
  'beds',
  'attached',
] as const;

export type FacilityField = (typeof facilityFields)[number];

/** Every field as text; `beds` is '' where there are none. */
export type FacilityContent = Readonly<Record<FacilityField, string>>;

export type FieldChange = { field: FacilityField; before: string; after: string };

export const facilityNames: Readonly<Record<FacilityField, string>> = {
  name: '名称',
  kana: 'フリガナ',
  commonName: '通称',
  institutionCode: '医療機関コード',
  postalCode: '郵便番号',
  prefectureCode: '都道府県',
  address: '住所',
  tel: 'TEL',
  fax: 'FAX',
  ownerType: '開設主体',
  beds: '許可病床数',
  attached: '併設の施設',
};

/** What became of a facility of the master. */
export const changeKinds = ['added', 'changed', 'absorbed', 'closed'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export const changeKindLabels: Readonly<Record<ChangeKind, string>> = {
  added: '登録',
  changed: '変更',
  absorbed: 'ほかの施設を統合',
  closed: '統合により閉鎖',
};

/** A value as people read it, where it is no code of a list. */
export function fieldText(field: FacilityField, value: string): string {
  if (value === '') return field === 'beds' ? 'なし' : '－';
  if (field === 'beds') return `${Number(value).toLocaleString('ja-JP')}床`;
  return field === 'postalCode' ? formatPost(value) : value;
}

const isField = (text: unknown): text is FacilityField => facilityFields.some((field) => field === text);

/** Differences as they were stored; what is none is left out. */
export function readChanges(stored: unknown): FieldChange[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((one: unknown): FieldChange[] => {
    if (typeof one !== 'object' || one === null || !('field' in one) || !('before' in one) || !('after' in one)) return [];
    const { field, before, after } = one;
    return isField(field) && typeof before === 'string' && typeof after === 'string' ? [{ field, before, after }] : [];
  });
}

/** Facilities of these states can be chosen and proposed about; a closed one is kept for what is past. */
export function isRegistered(state: string): boolean {
  return state === 'registered';
}

/** Merged into another one. */
export function isClosed(state: string): boolean {
  return state === 'closed';
}

/** A name that a doctor has typed. */
export function isCandidate(state: string): boolean {
  return state === 'candidate';
}
