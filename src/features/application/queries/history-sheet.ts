import type { Day } from '#kernel/day.ts';
import { isId } from '#kernel/id.ts';
import { historyOf } from '#features/membership/queries/history.ts';
import { isMemberHere } from '#features/membership/queries/member-head.ts';
import { findPerson } from '#features/person/queries/person.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { sheetList } from '#platform/sheet/list-definition.ts';
import type { HistorySheetRow } from '../history-sheet-fields.ts';
import { historyColumns, historyWords, memberHistoryTitle } from '../history-sheet-fields.ts';
import { submittedDays } from './submitted-days.ts';

/** Lines of 入退会履歴 in scope of the actor, newest day first, as a file has them; undefined for a person out of scope. */
export async function historySheetRows(
  tx: ReadTransaction,
  ask: { personId: string; from: Day | undefined; to: Day | undefined; today: Day },
): Promise<HistorySheetRow[] | undefined> {
  const person = await findPerson(tx, ask.personId);
  if (person === undefined) return undefined;
  const lines = await historyOf(tx, ask);
  const submitted = await submittedDays(
    tx,
    lines.flatMap((line) => line.stepId ?? []),
  );
  return lines.map((line) => ({
    ...line,
    personId: ask.personId,
    licence: person.licenceNumber,
    name: `${person.surname} ${person.givenName}`,
    submittedOn: line.stepId === null ? undefined : submitted.get(line.stepId),
  }));
}

async function rowsOf(tx: ReadTransaction, ctx: Context, personId: string): Promise<HistorySheetRow[]> {
  if (!(await isMemberHere(tx, ctx, personId))) return [];
  return (await historySheetRows(tx, { personId, from: undefined, to: undefined, today: ctx.today })) ?? [];
}

/** 入退会履歴 of one member (`screens.md O-08`) as a file, named by `?person=`: an office takes it out through データ出力. */
export const memberHistorySheet = sheetList<string, HistorySheetRow>({
  name: 'memberHistory',
  title: memberHistoryTitle,
  columns: historyColumns,
  read: (conditions) => {
    const person = new URLSearchParams(conditions).get('person');
    return person !== null && isId(person) ? person : undefined;
  },
  words: async (personId, tx, ctx) =>
    historyWords((await isMemberHere(tx, ctx, personId)) ? (await findPerson(tx, personId))?.licenceNumber : undefined),
  count: async (tx, ctx, { filter, limit }) => Math.min((await rowsOf(tx, ctx, filter)).length, limit),
  // A life has some dozens of lines at most: all of them are one page.
  page: async (tx, ctx, { filter }) => ({ rows: await rowsOf(tx, ctx, filter), after: undefined }),
  idsOf: ({ personId }) => ({ recordId: personId, personId }),
});
