import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import { carryOutMerge } from './commands/merge.ts';
import { dueMerges } from './queries/due-merges.ts';

/** What the days bring to the master of facilities: planned merges take effect. Safe to repeat. */
export async function carryOutMerges(ctx: Context): Promise<void> {
  const due = await readTransaction(ctx, async (tx) => await dueMerges(tx, ctx.today));
  let stopped = 0;
  for (const id of due) {
    const done = await run(carryOutMerge, ctx, { id });
    if (!done.ok) stopped += 1;
  }
  if (stopped > 0) throw new JobError(`${stopped} merges of facilities could not be carried out`);
}
