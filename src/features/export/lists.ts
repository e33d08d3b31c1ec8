import { caseSheet } from '#features/application/queries/case-sheet.ts';
import { memberHistorySheet } from '#features/application/queries/history-sheet.ts';
import { trailSheet } from '#features/audit-trail/queries/trail-sheet.ts';
import { resultSheet } from '#features/bulk/queries/result-sheet.ts';
import { categoryMoveSheet } from '#features/filing-sheet/queries/category-move-sheet.ts';
import { notificationSheet } from '#features/member-notification/queries/notification-sheet.ts';
import { facilityMemberSheet, memberSheet } from '#features/membership/queries/member-sheet.ts';
import { ownFieldColumns } from '#features/own-list/queries/field-columns.ts';
import { staffSheet } from '#features/staff/queries/staff-sheet.ts';
import type { SheetList } from '#platform/sheet/list-definition.ts';
import { withOwnColumns } from '#platform/sheet/list-definition.ts';

/** The lists that can be taken out; a new one is made with `sheetList` in its own feature and gets its line here. */
const lists: readonly SheetList[] = [
  caseSheet,
  resultSheet,
  trailSheet,
  staffSheet,
  notificationSheet,
  withOwnColumns(memberSheet, ownFieldColumns),
  facilityMemberSheet,
  memberHistorySheet,
  categoryMoveSheet,
];

/** The list of a name, if there is one. */
export function listOf(name: string): SheetList | undefined {
  return lists.find((list) => list.name === name);
}

/** Title of a list, for exports whose list may be gone. */
export function listTitle(name: string): string {
  return listOf(name)?.title ?? name;
}
