import type { z } from 'zod';
import { newId } from '#kernel/id.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import type { BulkCase } from '#features/application/queries/bulk-cases.ts';
import { bulkCases } from '#features/application/queries/bulk-cases.ts';
import { officeOf, officeOnly } from '#features/application/queries/inbox.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { actionOf, commonFlaw, judgeAll } from '../actions.ts';
import { bulkTexts, firstText } from '../messages.ts';
import type { Verdict } from '../rules.ts';
import type { ChosenRow } from '../schema.ts';
import { startInput } from '../schema.ts';
import type { NewRow } from '../store.server.ts';
import { findRun, insertRun } from '../store.server.ts';

type Judged = { row: BulkCase; verdict: Verdict };

/** Why a row is not even tried; '' when it is. */
function stoppedBy(chosen: ChosenRow, found: Judged | undefined): string {
  if (found === undefined) return bulkTexts.gone;
  const { row, verdict } = found;
  if (row.target.version !== chosen.version) return firstText(row.target.lastAct);
  return verdict.input === null ? verdict.reasons.join(' ') : '';
}

function rowOf(chosen: ChosenRow, ordinal: number, found: Judged | undefined): NewRow {
  const stopped = stoppedBy(chosen, found);
  const base = { ordinal, applicationId: chosen.id, stopped, key: newId() };
  if (found === undefined || stopped !== '') return { ...base, input: null };
  const { id, version, confirmed } = chosen;
  return { ...base, input: { ...found.verdict.input, id, version, ...(confirmed ? { confirmed: true } : {}) } };
}

/** What stops a row may be the work of a colleague while the rows were judged: he is named then, so these rows are read once more. */
async function lookAgain(tx: WriteTransaction, ctx: Context, judged: Map<string, Judged>): Promise<void> {
  const stopped = [...judged].flatMap(([id, { verdict }]) => (verdict.input === null ? [id] : []));
  if (stopped.length === 0) return;
  for (const row of await bulkCases(tx, ctx, stopped)) {
    const known = judged.get(row.target.id);
    if (known !== undefined) judged.set(row.target.id, { ...known, row });
  }
}

type Loaded = { judged: ReadonlyMap<string, Judged>; retryKnown: boolean };

function decideRows(_ctx: Context, { judged }: Loaded, input: z.infer<typeof startInput>) {
  const flaw = commonFlaw(input.action, input.common);
  if (flaw !== undefined) return flaw;
  if (actionOf(input.action).readingOf(input.common) !== input.checkedFor) return refuse('conflict', { message: bulkTexts.changedInput });
  const once = input.rows.filter((row, place) => input.rows.findIndex((other) => other.id === row.id) === place);
  const known = once.filter((row) => judged.has(row.id));
  if (known.length === 0) return refuse('notFound');
  return accepted(known.map((row, place) => rowOf(row, place + 1, judged.get(row.id))));
}

/**
 * {n}件を{操作}する (`rules.md 3.15`): keeps what is to be done to each ticked case; jobs carry it out one by one.
 * A case that cannot be done any more is kept with its reason, the others go on.
 */
export const startBulk = command({
  name: 'bulk.start',
  input: startInput,
  locks: async () => await Promise.resolve([]),
  load: async (tx, input, ctx): Promise<Loaded | undefined> => {
    if (officeOnly(ctx) !== true) return { judged: new Map(), retryKnown: true };
    const cases = await bulkCases(
      tx,
      ctx,
      input.rows.map((row) => row.id),
    );
    const verdicts = await judgeAll(tx, ctx, { action: input.action, common: input.common, cases });
    const judged = new Map(
      cases.flatMap((row, place) => {
        const verdict = verdicts[place];
        return verdict === undefined ? [] : [[row.target.id, { row, verdict }] as const];
      }),
    );
    await lookAgain(tx, ctx, judged);
    return { judged, retryKnown: input.retryOf === '' || (await findRun(tx, input.retryOf)) !== undefined };
  },
  allow: (ctx, { retryKnown }) => (retryKnown ? officeOnly(ctx) : refuse('notFound')),
  decide: decideRows,
  save: async (tx, { ctx, target: { judged }, decision, input }) => {
    const office = officeOf(ctx);
    const id = newId();
    const run = {
      id,
      associationId: office.associationId,
      accountId: office.accountId,
      staffId: office.staffId,
      actorName: office.displayName,
      action: input.action,
      common: input.common,
      total: decision.length,
      retryOf: input.retryOf === '' ? null : input.retryOf,
      createdAt: ctx.now,
    };
    await insertRun(tx, run, decision);
    const personIds = new Set(decision.flatMap((row) => judged.get(row.applicationId)?.row.target.personId ?? []));
    return {
      value: { id, total: decision.length },
      audit: { action: 'bulk.start', target: id, personIds: [...personIds], detail: { action: input.action, rows: decision.length } },
      events: [{ kind: 'bulk.started', payload: { runId: id } }],
    };
  },
});
