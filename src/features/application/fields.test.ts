import { describe, expect, test } from 'vitest';
import type { JoinShown } from './fields.ts';
import { compareJoins } from './compare.ts';
import { fieldOf, joinFields, returnableFields } from './fields.ts';

const shown: JoinShown = {
  kind: 'join',
  facts: [],
  workplace: true,
  choices: [
    { associationId: 14000, layer: 2, associationName: '神奈川県医師会', categoryId: 1, categoryName: 'A1' },
    { associationId: 0, layer: 1, associationName: '日本医師会', categoryId: 2, categoryName: 'A1' },
  ],
  details: {
    wishedOn: 'R8.4.1',
    facilityId: 'x',
    workCode: '11',
    positionCode: '99',
    positionText: '参与',
    designations: ['01', '99'],
    designationText: '難聴',
    note: '一行目\n二行目',
  },
  facility: {
    name: '青葉病院',
    kana: 'アオバビョウイン',
    postalCode: '2270062',
    address: '横浜市青葉区1-1',
    tel: '045-000-0000',
    fax: '045-000-0001',
    ownerType: '01',
    beds: 100,
    attached: '',
  },
  labels: {
    work: { '11': '診療所(開設する者で管理者の医師)' },
    position: { '99': 'その他' },
    designation: { '01': '保険医', '99': 'その他' },
    ownerType: { '01': '国' },
  },
  papers: [
    {
      code: 'licence',
      title: '医師免許証',
      required: true,
      note: '',
      blankForms: [],
      files: [{ id: 'f', fileName: '免許証.pdf', mediaType: 'application/pdf', size: 10, erased: false }],
    },
  ],
};

const read = (code: string, of: JoinShown = shown) =>
  joinFields(of)
    .find((field) => field.code === code)
    ?.lines(of);

describe('入会届の項目', () => {
  test('確認画面の書き方で読み出す', () => {
    expect(read('categories.14000')).toEqual(['A1']);
    expect(read('categories.00000')).toEqual(['A1']);
    expect(read('wishedOn')).toEqual(['2026/04/01（水） 令和8年4月1日']);
    expect(read('facilityId')).toEqual(['青葉病院(アオバビョウイン)']);
    expect(read('facilityAddress')).toEqual(['〒227-0062', '横浜市青葉区1-1']);
    expect(read('facilityTel')).toEqual(['045-000-0000', 'FAX 045-000-0001']);
    expect(read('facilityOwnerType')).toEqual(['01:国']);
    expect(read('facilityBeds')).toEqual(['有 許可病床数:100床']);
    expect(read('positionCode')).toEqual(['その他(参与)']);
    expect(read('designations')).toEqual(['保険医、その他(難聴)']);
    expect(read('document.licence')).toEqual(['免許証.pdf']);
    expect(read('note')).toEqual(['一行目', '二行目']);
  });

  test('登録のない施設と未定', () => {
    const typed = { ...shown, facility: undefined, details: { facilityName: '新病院', facilityBeds: '０' } };
    expect(read('facilityId', typed)).toEqual(['新病院(登録のない施設)']);
    expect(read('facilityBeds', typed)).toEqual(['無']);
    expect(read('facilityId', { ...shown, facility: undefined, details: { facilityUndecided: 'on' } })).toEqual(['未定']);
  });

  test('読めない日付は入力されたまま示す', () => {
    expect(read('wishedOn', { ...shown, details: { wishedOn: '四月ごろ' } })).toEqual(['四月ごろ']);
  });

  test('付随する入力欄は親の項目として扱う', () => {
    const fields = joinFields(shown);
    expect(fieldOf(fields, 'facilityName')?.label).toBe('所属施設名(フリガナ)');
    expect(fieldOf(fields, 'positionText')?.code).toBe('positionCode');
    expect(fieldOf(fields, 'unknown')).toBeUndefined();
    expect(returnableFields(shown).map((field) => field.code)).not.toContain('facilityBeds');
  });

  test('変わった項目だけに印が付く', () => {
    const after = { ...shown, details: { ...shown.details, wishedOn: '2026/05/01' } };
    expect(
      compareJoins(shown, after)
        .filter((line) => line.changed)
        .map((line) => line.code),
    ).toEqual(['wishedOn']);
  });
});
