import { officeOnly } from '#features/application/queries/inbox.ts';
import { caseHeads } from '#features/application/queries/bulk-cases.ts';
import type { ApplicationKind, ApplicationState } from '#features/application/flow.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { BulkActionName } from '../schema.ts';
import { mostRows, runIdInput } from '../schema.ts';
import { findRun, listResults, tallyOf } from '../store.server.ts';

export type BulkResult = {
  ordinal: number;
  applicationId: string;
  personId: string;
  number: string;
  kind: ApplicationKind;
  state: ApplicationState;
  name: string;
  kana: string;
  licence: string;
  done: boolean;
  reason: string;
  at: Date;
};

export type BulkProgress = {
  id: string;
  action: BulkActionName;
  actorName: string;
  createdAt: Date;
  retryOf: string | null;
  total: number;
  done: number;
  refused: number;
  finished: boolean;
  /** Only of a finished run: while it works, numbers are enough. */
  results: BulkResult[];
};

/** Results of a run with the cases they are about, after one ordinal. */
export async function resultsOf(
  tx: ReadTransaction,
  ctx: Context,
  page: { runId: string; after: number; limit: number },
): Promise<BulkResult[]> {
  const rows = await listResults(tx, page.runId, page);
  const heads = await caseHeads(
    tx,
    ctx,
    rows.map((row) => row.applicationId),
  );
  const byId = new Map(heads.map((head) => [head.id, head]));
  return rows.flatMap(({ code: _code, ...row }) => {
    const head = byId.get(row.applicationId);
    if (head === undefined) return [];
    const { personId, number, kind, state, name, kana, licence } = head;
    return [{ ...row, personId, number, kind, state, name, kana, licence }];
  });
}

/** Progress of a run and, once it has ended, what became of each case (`screens.md O-04`). */
export const bulkRun = query({
  name: 'bulk.run',
  input: runIdInput,
  allow: officeOnly,
  read: async (tx, { id }, ctx): Promise<BulkProgress | undefined> => {
    const bulk = await findRun(tx, id);
    if (bulk === undefined) return undefined;
    const [tally] = await tallyOf(tx, [id]);
    const done = tally?.done ?? 0;
    const refused = tally?.refused ?? 0;
    const finished = done + refused >= bulk.total;
    const { action, actorName, createdAt, retryOf, total } = bulk;
    const results = finished ? await resultsOf(tx, ctx, { runId: id, after: 0, limit: mostRows }) : [];
    return { id, action, actorName, createdAt, retryOf, total, done, refused, finished, results };
  },
  audit: (value, { id }) =>
    value.results.length === 0
      ? undefined
      : { action: 'application.listed', target: id, personIds: [...new Set(value.results.map((row) => row.personId))] },
});
