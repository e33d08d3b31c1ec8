import { run } from '#platform/command/command.ts';
import { writeTransaction } from '#platform/db/transaction.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import type { Reaction, Reactions } from '#platform/jobs/reactions.ts';
import { restoreAfterDeath } from './commands/restore-after-death.ts';
import { settleDeath } from './commands/settle-death.ts';
import { takeOver } from './commands/take-over.ts';
import type { Task } from './mails/addressing.server.ts';
import { mailCase } from './mails/case-facts.server.ts';
import { tellings } from './mails/tellings.server.ts';

/** What follows what happened to an application: its mails (`screens.md 8`), and what a death reaches. */

/** A death reaches the affiliations that the entering office does not see. */
const settle: Reaction = async (ctx, payload) => {
  const id = String(payload['applicationId'] ?? '');
  const settled = await run(settleDeath, ctx, { id }, `death:${id}`);
  if (!settled.ok) throw new JobError(`refused: ${settled.refusal.code}`);
};

/** 死亡登録の取消 reaches what the entering office does not see. A death that was registered again meanwhile stands. */
const restore: Reaction = async (ctx, payload) => {
  const id = String(payload['applicationId'] ?? '');
  const restored = await run(restoreAfterDeath, ctx, { id }, `alive:${id}`);
  if (!restored.ok && restored.refusal.code !== 'conflict') throw new JobError(`refused: ${restored.refusal.code}`);
};

/** 引継ぎ (O-17): the open cases of one of the staff go to another. */
const moveCases: Reaction = async (ctx, { associationId, fromStaffId, toStaffId }) => {
  const moved = await run(takeOver, ctx, { associationId, fromStaffId, toStaffId });
  if (!moved.ok) throw new JobError(`cases were not handed over: ${moved.refusal.code}`);
};

/** Reactions by kind of event; `origin` is the public address that links in mails begin with. */
export function applicationReactions(options: { origin: string }): Reactions {
  const within =
    (tell: (task: Task) => Promise<void>): Reaction =>
    async (ctx, payload) => {
      await writeTransaction(ctx, async (tx) => {
        const applicationId = String(payload['applicationId'] ?? '');
        const found = await mailCase(tx, ctx, { applicationId, origin: options.origin });
        const stepId = String(payload['stepId'] ?? '');
        const cause = `${applicationId}:${stepId}:${String(payload['outboxId'] ?? '')}`;
        if (found !== undefined) await tell({ tx, ctx, found, stepId, cause, payload });
        return { value: undefined, commit: true };
      });
    };
  return {
    ...Object.fromEntries(Object.entries(tellings).map(([kind, tell]) => [kind, within(tell)] as const)),
    'person.died': settle,
    'person.deathWithdrawn': restore,
    'staff.handedOver': moveCases,
  };
}
