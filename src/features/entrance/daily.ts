import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import { applyMailChange } from './commands/confirm-mail.ts';
import { dueMailChanges } from './queries/mail-change.ts';

/** Addresses whose waiting time is over hold from now on (D-05). Safe to repeat: what has been applied waits no more. */
export async function applyMailChanges(ctx: Context): Promise<void> {
  for (const accountId of await dueMailChanges(ctx)) {
    const outcome = await run(applyMailChange, ctx, { accountId });
    // Taken back while this round was under way.
    if (outcome.ok || outcome.refusal.code === 'notFound' || outcome.refusal.code === 'conflict') continue;
    throw new JobError(`an address could not be changed: ${outcome.refusal.code}`);
  }
}
