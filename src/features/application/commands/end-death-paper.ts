import type { AuditNote } from '#platform/audit/audit-event.ts';
import type { DomainEvent } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { isDecided } from '../flow.ts';
import { proxyTexts } from '../proxy-messages.ts';
import { insertAction } from '../step.store.server.ts';
import type { Case } from '../store.server.ts';
import { updateApplication } from '../store.server.ts';
import { closeWaitingSteps } from './close-steps.ts';
import { signature } from './gate.ts';
import { takeBackLeave } from './take-back-leave.ts';

/** 死亡・所在不明の誤認 */
const reason = 'Z03';

/** A 退会届 by a death that was none: taken back where it was approved, ended where it was not. Says what is to be recorded and told. */
export async function endDeathPaper(
  tx: WriteTransaction,
  ctx: Context,
  { target, note }: { target: Case; note: string },
): Promise<{ note: AuditNote; event: DomainEvent }> {
  const { id, version, state } = target;
  const about = { personIds: [target.personId], target: id };
  const step = target.steps.find((one) => one.role === 'decide' && isDecided(one.state));
  if (step !== undefined) {
    await takeBackLeave(tx, ctx, { target, step, reason: proxyTexts.deathRevoked, reasons: [reason], note });
    return {
      note: { action: 'application.revokeLeave', ...about, detail: { stepId: step.id, reason } },
      event: { kind: 'application.leaveRevoked', payload: { applicationId: id, stepId: step.id } },
    };
  }
  await closeWaitingSteps(tx, target);
  const line = {
    applicationId: id,
    stepId: null,
    action: 'cancel',
    from: state,
    to: 'cancelled',
    reasons: [reason],
    message: note,
  } as const;
  await insertAction(tx, { ...line, ...signature(ctx) });
  await updateApplication(tx, { id, version, now: ctx.now }, { state: 'cancelled', closedAt: ctx.now });
  return {
    note: { action: 'application.cancel', ...about, detail: { reason } },
    event: { kind: 'application.cancelled', payload: { applicationId: id } },
  };
}
