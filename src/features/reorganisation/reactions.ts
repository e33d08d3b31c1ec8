import { finishMove } from '#features/association/commands/carry-change.ts';
import { moveUnderWay, nextMovers } from '#features/association/queries/reorganisation.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import type { Reaction, Reactions } from '#platform/jobs/reactions.ts';
import { continueMove } from './commands/continue-move.ts';
import { movePerson } from './commands/move-person.ts';
import { tellMoved } from './tell-moved.ts';

/** Members of one job: a few seconds of work. */
const portion = 25;

/** Who was held back is tried again after so long. */
const patienceMs = 50 * 60_000;

/**
 * Moves a portion of the members of a 合併 or 分割. Repeating it, also after a crash in the middle, finds those who are left; when
 * nobody is, the change is done.
 */
export async function moveOn(ctx: Context, changeId: string): Promise<void> {
  const retryBefore = new Date(ctx.now.getTime() - patienceMs);
  const asked = await readTransaction(ctx, async (tx) => ({
    move: await moveUnderWay(tx, changeId),
    ids: await nextMovers(tx, changeId, { retryBefore, most: portion }),
  }));
  // Done already, by a job that ran beside this one.
  if (asked.move === undefined) return;
  for (const personId of asked.ids) {
    const moved = await run(movePerson, ctx, { changeId, personId });
    if (!moved.ok && moved.refusal.code !== 'notFound') throw new JobError(`a member was not moved: ${moved.refusal.code}`);
  }
  await tellMoved(ctx, asked.move);
  if (asked.ids.length === portion) {
    const handed = await run(continueMove, ctx, { changeId });
    if (!handed.ok && handed.refusal.code !== 'notFound')
      throw new JobError(`the rest of a move was not handed on: ${handed.refusal.code}`);
    return;
  }
  const done = await run(finishMove, ctx, { id: changeId });
  // Somebody is held back: the change stays open and is shown so.
  if (!done.ok && done.refusal.code !== 'conflict') throw new JobError(`a move was not finished: ${done.refusal.code}`);
}

const react: Reaction = async (ctx, { changeId }) => {
  if (typeof changeId !== 'string') throw new JobError('a move without its change');
  await moveOn(ctx, changeId);
};

export const reorganisationReactions: Reactions = { 'association.moveBegun': react, 'association.moveContinued': react };
