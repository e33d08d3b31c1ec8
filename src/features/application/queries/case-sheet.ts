import { sheetList } from '#platform/sheet/list-definition.ts';
import { readFields } from '#platform/http/form.ts';
import { countCases, listCases } from '../list.store.server.ts';
import { listSheetFacts } from '../sheet.store.server.ts';
import type { CaseSheetRow } from '../sheet-fields.ts';
import { caseColumns, caseSheetTitle, conditionWords } from '../sheet-fields.ts';
import { dressRows, scopeOf } from './inbox.ts';
import type { InboxFilter } from './inbox-filter.ts';
import { inboxInput } from './inbox-filter.ts';
import { categoryWords } from './inbox-views.ts';

function readConditions(conditions: string): InboxFilter | undefined {
  const form = new FormData();
  for (const [name, value] of new URLSearchParams(conditions)) form.append(name, value);
  return inboxInput.safeParse(readFields(form).input).data;
}

/** 申請一覧 as a file (`screens.md §9`), with the conditions of 申請管理. */
export const caseSheet = sheetList<InboxFilter, CaseSheetRow>({
  name: 'applications',
  title: caseSheetTitle,
  columns: caseColumns,
  read: readConditions,
  words: async (filter, tx, ctx) => conditionWords(filter, await categoryWords(tx, ctx)),
  count: async (tx, ctx, ask) => await countCases(tx, scopeOf(ctx), ask),
  page: async (tx, ctx, { filter, after, limit }) => {
    const scope = scopeOf(ctx);
    const rows = await listCases(tx, scope, { filter, from: after, backwards: false, limit, dense: false });
    const dressed = await dressRows(tx, scope, rows);
    const facts = await listSheetFacts(
      tx,
      rows.map((row) => row.id),
      scope.associationId,
    );
    const byId = new Map(facts.map((one) => [one.applicationId, one]));
    return {
      rows: dressed.map((row) => ({ ...row, facts: byId.get(row.id) })),
      after: rows.length < limit ? undefined : rows.at(-1)?.id,
    };
  },
  idsOf: (row) => ({ recordId: row.id, personId: row.personId }),
});
