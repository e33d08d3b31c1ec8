import { annulSteps } from '#features/membership/commands/record.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { applicationFlow, isDecided } from '../flow.ts';
import { insertAction, setStepBack, updateStep } from '../step.store.server.ts';
import type { Case, CaseStep } from '../store.server.ts';
import { updateApplication } from '../store.server.ts';
import { signature } from './gate.ts';

export type TakenBack = {
  target: Case;
  /** The step whose approval made everybody leave. */
  step: CaseStep;
  /** As the ledger notes it. */
  reason: string;
  /** Codes of 退会取消理由. */
  reasons: readonly string[];
  note: string;
};

/** Takes an approved 退会届 back: the memberships go on, upper offices are asked for 確認 again, the ledger keeps both (`rules.md 3.9`). */
export async function takeBackLeave(tx: WriteTransaction, ctx: Context, { target, step, reason, reasons, note }: TakenBack): Promise<void> {
  const { id, version } = target;
  // Open again for a moment: row-level security lets an office write for others only within a running case.
  await updateApplication(tx, { id, version, now: ctx.now }, { state: 'submitted', closedAt: null });
  const stepIds = target.steps.map((one) => one.id);
  await annulSteps(tx, ctx, { personId: target.personId, stepIds, reason, affiliationId: target.affiliationId });
  await setStepBack(tx, { id: step.id, from: step.state }, { to: 'received' });
  await updateStep(tx, { id: step.id, from: 'received' }, { state: 'skipped' });
  for (const one of target.steps.filter((other) => other.role === 'acknowledge' && !isDecided(other.state))) {
    // By way of 未到達, so that the clock of the new 確認 begins today.
    await setStepBack(tx, { id: one.id, from: one.state }, { to: 'waiting' });
    await setStepBack(tx, { id: one.id, from: 'waiting' }, { to: 'arrived', arrivedAt: ctx.now });
  }
  const to = applicationFlow.next(target.state, 'revokeLeave') ?? 'cancelled';
  const line = { applicationId: id, stepId: step.id, action: 'revokeLeave', from: target.state, to, reasons, message: note } as const;
  await insertAction(tx, { ...line, ...signature(ctx) });
  await updateApplication(tx, { id, version: version + 1, now: ctx.now }, { state: to, closedAt: ctx.now });
}
