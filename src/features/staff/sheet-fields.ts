import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import type { SheetColumn } from '#platform/sheet/list-definition.ts';
import { roleLabel, stateLabel } from './labels.ts';
import type { StaffList } from './queries/staff-list.ts';
import type { StaffFilter } from './schema.ts';

type StaffRow = StaffList['rows'][number];

export const staffSheetTitle = '事務局ユーザー';

/** The conditions in words, for the manifest; names and addresses that were looked for are not repeated there. */
export function staffSheetWords(filter: StaffFilter): string[] {
  return [
    ...(filter.role === undefined ? [] : [`権限:${roleLabel(filter.role)}`]),
    ...(filter.name === '' && filter.loginId === '' && filter.mail === '' ? [] : ['氏名・ログインID・メールアドレス:指定あり']),
  ];
}

/** Columns of the file 事務局ユーザー (`screens.md §9`). */
export const staffSheetColumns: readonly SheetColumn<StaffRow>[] = [
  { code: 'name', label: '氏名', text: (row) => `${row.surname} ${row.givenName}` },
  { code: 'loginId', label: 'ログインID', text: (row) => row.loginId },
  { code: 'mail', label: 'メールアドレス', text: (row) => row.mail },
  { code: 'role', label: '権限', text: (row) => roleLabel(row.role) },
  { code: 'state', label: '使用状態', text: (row) => (row.state === undefined ? '招待中' : stateLabel(row.state)) },
  { code: 'validUntil', label: '有効期間', text: (row) => formatDayPlain(row.validUntil) },
  { code: 'lastLogin', label: '最終ログイン', text: (row) => (row.lastLoginAt === null ? '' : formatInstant(row.lastLoginAt)) },
];
