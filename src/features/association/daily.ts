import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import { carryOutBatch } from './commands/keep-batch.ts';
import { carryOutChange } from './commands/carry-change.ts';
import { dueChanges } from './queries/master.ts';

/** What the days bring to the tree of associations: reserved changes take effect. Safe to repeat. */
export async function carryOutChanges(ctx: Context): Promise<void> {
  const due = await ask(dueChanges, ctx, {});
  if (!due.ok) throw new JobError(`refused: ${due.refusal.code}`);
  let stopped = 0;
  for (const id of due.value.single) {
    const done = await run(carryOutChange, ctx, { id });
    if (!done.ok) stopped += 1;
  }
  for (const batch of due.value.batches) {
    const done = await run(carryOutBatch, ctx, batch);
    stopped += done.ok ? done.value.stopped : 1;
  }
  if (stopped > 0) throw new JobError(`${stopped} changes of associations could not be carried out`);
}
