import { pinnedSettings } from '#features/association/queries/directory.ts';
import type { AuditNote } from '#platform/audit/audit-event.ts';
import type { DomainEvent } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { systemNames, texts } from '../messages.ts';
import type { StepState } from '../flow.ts';
import { insertAction, updateStep } from '../step.store.server.ts';
import type { Case, CaseStep } from '../store.server.ts';

/** A step's turn comes (`rules.md 3.2`). */

type Received = { applicationId: string; personId: string; step: { id: string; associationId: number } };

/** What a command says of steps that were reached by what it did. */
export type Reached = { events: DomainEvent[]; alsoAudit: AuditNote[] };

/** 受付の省略 (`rules.md 4.1`): who asked to take cases as they arrive has a 受付 like any other, in 経過, 操作履歴 and M-11. */
export async function recordAutoReceipt(tx: WriteTransaction, ctx: Context, { applicationId, personId, step }: Received): Promise<Reached> {
  await insertAction(tx, {
    applicationId,
    stepId: step.id,
    action: 'receive',
    from: 'arrived',
    to: 'received',
    message: texts.receivedOnArrival,
    actorName: systemNames.automatic,
    accountId: null,
    associationId: step.associationId,
    at: ctx.now,
  });
  return {
    events: [{ kind: 'application.received', payload: { applicationId, stepId: step.id, arrived: '', withoutMail: 0 } }],
    alsoAudit: [
      { action: 'application.receive', personIds: [personId], target: applicationId, detail: { stepId: step.id, automatic: true } },
    ],
  };
}

export type Reaching = { target: Pick<Case, 'id' | 'personId'>; next: CaseStep; from: StepState };

/** The case comes to one office, for the first time or again; where 受付 is left out it is received at once. */
export async function reachOne(tx: WriteTransaction, ctx: Context, { target, next, from }: Reaching): Promise<Reached> {
  const [settings] = await pinnedSettings(tx, [{ associationId: next.associationId, version: next.settingsVersion }]);
  const auto = settings?.settings.autoReceive === true && next.role === 'decide';
  await updateStep(
    tx,
    { id: next.id, from },
    {
      state: auto ? 'received' : 'arrived',
      arrivedAt: ctx.now,
      ...(auto ? { receivedAt: ctx.now } : {}),
    },
  );
  return auto
    ? await recordAutoReceipt(tx, ctx, { applicationId: target.id, personId: target.personId, step: next })
    : { events: [], alsoAudit: [] };
}

/** Lets the next offices begin; their settings may ask for 受付 by itself. */
export async function reach(
  tx: WriteTransaction,
  ctx: Context,
  { target, arrivals }: { target: Case; arrivals: readonly CaseStep[] },
): Promise<Reached> {
  const events: DomainEvent[] = [];
  const alsoAudit: AuditNote[] = [];
  for (const next of arrivals) {
    const one = await reachOne(tx, ctx, { target, next, from: 'waiting' });
    events.push(...one.events);
    alsoAudit.push(...one.alsoAudit);
  }
  return { events, alsoAudit };
}

/** The steps that offices are told of, as an event names them (M-40); 確認 has a mail of its own. */
export function arrivedIn(arrivals: readonly Pick<CaseStep, 'id' | 'role'>[]): string {
  return arrivals.flatMap((step) => (step.role === 'acknowledge' ? [] : [step.id])).join(' ');
}
