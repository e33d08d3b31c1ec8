import { describe, expect, test } from 'vitest';
import { memberSheetColumns } from './sheet-fields.ts';
import { memberColumnsByPurpose } from './sheet-presets.ts';

describe('目的ごとの項目(screens.md O-23)', () => {
  const plain = memberSheetColumns.filter((column) => column.sensitive !== true).map((column) => column.code);

  test.each(Object.entries(memberColumnsByPurpose))('%sの項目は一覧にあり、配慮を要するものを含まない', (_purpose, columns) => {
    expect(columns.length).toBeGreaterThan(0);
    expect(columns.filter((code) => !plain.includes(code))).toEqual([]);
    expect(new Set(columns).size).toBe(columns.length);
  });

  test('統計には、氏名も番号も含まない', () => {
    const named = ['licence', 'surname', 'givenName', 'surnameKana', 'givenNameKana', 'addressee', 'facility'];
    expect(memberColumnsByPurpose['E07']?.filter((code) => named.includes(code))).toEqual([]);
  });
});
