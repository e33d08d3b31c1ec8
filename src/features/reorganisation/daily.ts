import { movesUnderWay } from '#features/association/queries/reorganisation.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import { continueMove } from './commands/continue-move.ts';

/** Takes up every move that is not finished: who was held back may be free by now. Safe to repeat. */
export async function resumeMoves(ctx: Context): Promise<void> {
  const open = await readTransaction(ctx, movesUnderWay);
  for (const changeId of open) {
    const handed = await run(continueMove, ctx, { changeId });
    if (!handed.ok && handed.refusal.code !== 'notFound') throw new JobError(`a move was not taken up: ${handed.refusal.code}`);
  }
}
