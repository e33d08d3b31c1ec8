import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import { cleanSelections } from './commands/clean-selections.ts';

/** What the nights bring to choices of members: those that nothing was made of go. Safe to repeat. */
export async function removeOldSelections(ctx: Context): Promise<void> {
  for (let done = false; !done; ) {
    const outcome = await run(cleanSelections, ctx, {});
    if (!outcome.ok) throw new JobError(`choices of members were not removed: ${outcome.refusal.code}`);
    ({ done } = outcome.value);
  }
}
