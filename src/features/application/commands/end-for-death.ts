import type { Day } from '#kernel/day.ts';
import { fiscalYear } from '#kernel/day.ts';
import type { AuditNote } from '#platform/audit/audit-event.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { proxyTexts } from '../proxy-messages.ts';
import { insertAction } from '../step.store.server.ts';
import type { Case } from '../store.server.ts';
import { updateApplication } from '../store.server.ts';
import { closeWaitingSteps } from './close-steps.ts';
import { signature } from './gate.ts';

/** 別の届出で処理済み */
const reason = 'X04';

/**
 * An open case of somebody who has died ends: nobody is left to ask for it. What lower offices approved stands. The case
 * keeps by which entry it ended, so that 死亡登録の取消 can bring it back.
 */
export async function endForDeath(
  tx: WriteTransaction,
  ctx: Context,
  { target, entryId }: { target: Case; entryId: string },
): Promise<void> {
  await closeWaitingSteps(tx, target);
  await insertAction(tx, {
    applicationId: target.id,
    stepId: null,
    action: 'cancel',
    from: target.state,
    to: 'cancelled',
    reasons: [reason],
    message: proxyTexts.endedByDeath,
    ...signature(ctx),
  });
  const ended = { state: 'cancelled', closedAt: ctx.now, endedBy: entryId } as const;
  await updateApplication(tx, { id: target.id, version: target.version, now: ctx.now }, ended);
}

/** Each case that a death ends or begins has its own line in the 操作履歴. */
export function deathNotes(
  personId: string,
  about: { ended: readonly string[]; filed: readonly { id: string; number: string }[]; on: Day },
): AuditNote[] {
  const personIds = [personId];
  return [
    ...about.ended.map((id) => ({ action: 'application.cancel', personIds, target: id, detail: { reason } })),
    ...about.filed.map(({ id, number }) => ({
      action: 'application.submit',
      personIds,
      target: id,
      detail: { number, fiscalYear: fiscalYear(about.on) },
    })),
  ];
}
