import type { PurposeColumns } from '#platform/sheet/list-definition.ts';

/** What a file of members needs for its purpose and no more (`screens.md O-23`, `rules.md 8.2`); purposes of `reasons.csv`. */

const name = ['surnameKana', 'givenNameKana', 'surname', 'givenName'];
const place = ['facility', 'facilityPostalCode', 'facilityAddress'];
const standing = ['category', 'jmaCategory', 'joinedOn', 'leftOn'];

/** Columns of 会員一覧 by 目的; sensitive ones are in none of them, whoever needs one ticks it and says why. */
export const memberColumnsByPurpose: PurposeColumns = {
  /** 会報・文書の送付 */
  E01: [...name, ...place, 'sendTo', 'addressee'],
  /** 会費事務 */
  E02: ['licence', ...name, ...standing, 'facility'],
  /** 名簿の作成 */
  E03: [...name, 'mainDepartment', 'category', ...place, 'facilityTel'],
  /** 研修会の案内・受付 */
  E04: ['licence', ...name, 'mainDepartment', 'departments', 'category', ...place, 'sendTo', 'addressee'],
  /** 施設への所属会員情報の提供 */
  E05: ['licence', ...name, 'category', 'joinedOn'],
  /** 理事会・総会資料 */
  E06: ['licence', ...name, ...standing, 'leftReason', 'school', 'graduatedOn', 'facility', 'position'],
  /** 会員数の調査・統計: nobody is named */
  E07: ['sex', 'mainDepartment', ...standing, 'ownerType', 'work', 'position'],
};
