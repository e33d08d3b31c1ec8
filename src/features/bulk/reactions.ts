import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import type { Refusal } from '#kernel/refusal.ts';
import { latestAct } from '#features/application/queries/bulk-cases.ts';
import { staffActor } from '#features/identity/queries/staff-actor.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { makeContext } from '#platform/context.ts';
import { isDatabaseGone } from '#platform/db/errors.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { describeFailure, JobError } from '#platform/jobs/job-error.ts';
import type { Reaction, Reactions } from '#platform/jobs/reactions.ts';
import { actionOf } from './actions.ts';
import { continueRun, keepResult } from './commands/keep-result.ts';
import { bulkTexts, firstText } from './messages.ts';
import type { RunRow, WaitingRow } from './store.server.ts';
import { findRun, listWaitingRows } from './store.server.ts';

/** Rows of one job: a second or two of work. */
const portion = 20;

type Result = { done: boolean; code: string; reason: string };

type Options = { log: (message: string) => void; clock: () => Date };

/** The reason of a refused command in the words of the result list. */
async function reasonOf(ctx: Context, row: WaitingRow, refusal: Refusal): Promise<string> {
  if (refusal.code === 'conflict') return firstText(await readTransaction(ctx, async (tx) => await latestAct(tx, ctx, row.applicationId)));
  if (refusal.code === 'notFound') return bulkTexts.gone;
  const atFields = Object.values(refusal.fields ?? {}).flat();
  return atFields.length === 0 ? refusal.message : atFields.join(' ');
}

/**
 * Carries out one row as the clerk who asked. May be repeated: the key of the row gives the first result again.
 * @throws JobError when the database is away, so that the job comes again
 */
async function carryOut(ctx: Context, work: { bulk: RunRow; row: WaitingRow; log: Options['log'] }): Promise<Result> {
  const { bulk, row } = work;
  try {
    const outcome = await actionOf(bulk.action).execute(ctx, row.input, row.key);
    if (outcome.ok) return { done: true, code: '', reason: outcome.value };
    if (outcome.refusal.code === 'unavailable') throw new JobError('the database is away');
    return { done: false, code: outcome.refusal.code, reason: await reasonOf(ctx, row, outcome.refusal) };
  } catch (error) {
    if (error instanceof JobError || isDatabaseGone(error)) throw error;
    // One broken row must not keep the other rows from their turn; it is logged and shown as not carried out.
    work.log(`bulk run ${bulk.id} row ${row.ordinal}: ${describeFailure(error)}`);
    return { done: false, code: 'failed', reason: bulkTexts.failed };
  }
}

/** Rights are those of the moment, not of the moment of asking. */
function mayGoOn(bulk: RunRow, actor: Actor | undefined): actor is Actor {
  return actor?.kind === 'office' && actor.associationId === bulk.associationId && actor.role !== 'trainingContractor';
}

async function keep(ctx: Context, at: { runId: string; ordinal: number }, result: Result): Promise<void> {
  const kept = await run(keepResult, ctx, { ...at, ...result });
  if (!kept.ok) throw new JobError(`the result of row ${at.ordinal} was not kept: ${kept.refusal.code}`);
}

async function workOn(ctx: Context, bulk: RunRow, options: Options): Promise<void> {
  const rows = await readTransaction(ctx, async (tx) => await listWaitingRows(tx, bulk.id, portion));
  const actor = await staffActor(ctx.database, { accountId: bulk.accountId, staffId: bulk.staffId, now: ctx.now });
  for (const row of rows) {
    const at = { runId: bulk.id, ordinal: row.ordinal };
    if (row.input === null) await keep(ctx, at, { done: false, code: 'stopped', reason: row.stopped });
    else if (!mayGoOn(bulk, actor)) await keep(ctx, at, { done: false, code: 'forbidden', reason: bulkTexts.notAllowed });
    else {
      const acting = makeContext(ctx, { actor, now: options.clock(), requestId: newId() });
      await keep(ctx, at, await carryOut(acting, { bulk, row, log: options.log }));
    }
  }
  const last = rows.at(-1);
  if (last === undefined || rows.length < portion) return;
  const from = last.ordinal + 1;
  const handed = await run(continueRun, ctx, { runId: bulk.id, from }, `bulk:${bulk.id}:${from}`);
  if (!handed.ok) throw new JobError(`the rest of a bulk run was not handed on: ${handed.refusal.code}`);
}

/** Works on runs of 一括操作, a portion at a time; after a crash the rows without a result are worked on again. */
export function bulkReactions(options: Options): Reactions {
  const work: Reaction = async (ctx, payload) => {
    const { runId } = payload;
    if (typeof runId !== 'string') throw new JobError('a bulk run without its id');
    const bulk = await readTransaction(ctx, async (tx) => await findRun(tx, runId));
    if (bulk === undefined) throw new JobError('a bulk run that is not there');
    await workOn(ctx, bulk, options);
  };
  return { 'bulk.started': work, 'bulk.continued': work };
}
