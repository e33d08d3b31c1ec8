import { actingAccount, actingAssociation, actorName } from '#kernel/actor.ts';
import { holdRefusal } from '#kernel/factor-hold.ts';
import type { Refused } from '#kernel/refusal.ts';
import { refuse } from '#kernel/refusal.ts';
import { formatInstant } from '#kernel/wareki.ts';
import type { Lock } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { actionLabel } from '../labels.ts';
import { texts } from '../messages.ts';
import type { Action } from '../policy.ts';
import { may, maySee, stepFor } from '../policy.ts';
import { asOn, stopOf } from '../proxy-rules.ts';
import type { Case, CaseStep } from '../store.server.ts';
import { findPersonOf } from '../store.server.ts';

/** Locks of every command on an existing application: its person first, then the case itself. */
export async function caseLocks(tx: WriteTransaction, input: { id: string }, ctx: Context): Promise<readonly Lock[]> {
  const personId = await findPersonOf(tx, ctx.actor, input.id);
  return personId === undefined
    ? []
    : [
        { kind: 'person', id: personId },
        { kind: 'application', id: input.id },
      ];
}

/** What the loser of a race reads (`screens.md 1.5`): who was before him, or what stands there now. */
export function changedMeanwhile(target: Case, now?: string): Refused {
  const act = target.lastAct;
  const message =
    act === undefined
      ? texts.changed
      : texts.changedBy({ name: act.actorName, office: act.officeName, at: formatInstant(act.at), action: actionLabel(act.action) });
  return refuse('conflict', {
    message: now ?? message,
    current: {
      state: target.state,
      version: target.version,
      steps: target.steps.map((step) => ({ associationId: step.associationId, state: step.state })),
    },
  });
}

/** What a lifted second factor holds back (`screens.md A-02`). */
const decisions: ReadonlySet<Action> = new Set(['approve', 'return', 'reject', 'acknowledge', 'cancel', 'revoke', 'revokeLeave']);

/** Permission for an action on the case as the user saw it (`seen`: its version on the screen): out of scope → nothing; changed since → conflict; not his to do → refused. */
export function gate(ctx: Context, action: Action, { target, seen }: { target: Case; seen: number }): true | Refused {
  if (!maySee(ctx.actor, target)) return refuse('notFound');
  if (target.version !== seen) return changedMeanwhile(target);
  if (may(ctx.actor, action, asOn(target, ctx.today))) return (decisions.has(action) ? holdRefusal(ctx.actor, ctx.now) : undefined) ?? true;
  // Whoever could decide it but for the hold or the objection hears why not.
  return may(ctx.actor, action, target)
    ? refuse('forbidden', { message: stopOf(target, ctx.today) ?? texts.changed })
    : refuse('forbidden');
}

/** The own step on which the action works; callers have passed the gate for it, so it exists. */
export function stepOfActor(ctx: Context, action: Action, target: Case): CaseStep {
  const step = stepFor<CaseStep>(ctx.actor, action, target);
  if (step === undefined) throw new Error('the acting office has no such step in this case');
  return step;
}

/** Who acts, as the case's own record keeps it. */
export function signature(ctx: Context) {
  return {
    actorName: actorName(ctx.actor),
    accountId: actingAccount(ctx.actor) ?? null,
    associationId: actingAssociation(ctx.actor) ?? null,
    at: ctx.now,
  };
}

/** Name of the office that signs messages; 申請者 for the doctor. */
export function officeName(ctx: Context): string {
  return ctx.actor.kind === 'office' ? ctx.actor.associationName : texts.applicant;
}
