import { messages } from '#kernel/messages.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { reasonExists } from '#features/association/queries/reasons.ts';
import { annulSteps } from '#features/membership/commands/record.ts';
import { holdsWithout } from '#features/membership/queries/standing.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { tooLateToRevoke } from '../date-rules.ts';
import { firstEffectOf, withoutCorrections } from '../effects.ts';
import { isAtOffice, isOpen, isWaiting } from '../flow.ts';
import { fieldNames, texts } from '../messages.ts';
import { stepsToArrive } from '../plan.ts';
import { stepFor } from '../policy.ts';
import { revokeInput, revokeLeaveInput } from '../schema.ts';
import type { Case, CaseStep } from '../store.server.ts';
import { insertAction, setStepBack } from '../step.store.server.ts';
import { loadCase, updateApplication } from '../store.server.ts';
import { caseLocks, gate, signature } from './gate.ts';
import { takeBackLeave } from './take-back-leave.ts';
import { loadDecisionAround } from './decision-around.ts';

/** Steps whose ledger entries go with the approval: a transfer took effect as a whole, the others association by association. */
function effectiveSteps(target: Case, step: CaseStep): string[] {
  return target.kind === 'transfer' || target.kind === 'withdrawal' ? target.steps.map((one) => one.id) : [step.id];
}

async function loadRevocation(
  tx: ReadTransaction & WriteTransaction,
  ctx: Context,
  { action, id }: { action: 'revoke' | 'revokeLeave'; id: string },
) {
  const target = await loadCase(tx, ctx.actor, id);
  if (target === undefined) return undefined;
  const step = stepFor<CaseStep>(ctx.actor, action, target);
  if (step === undefined) return { target, step, holds: false, order: 'parallel' as const };
  const stepIds = effectiveSteps(target, step);
  const { course } = await loadDecisionAround(tx, ctx, { target, step });
  return {
    target,
    step,
    order: course.order,
    holds: await holdsWithout(tx, ctx.actor, { personId: target.personId, stepIds, on: ctx.today }),
  };
}

/** Offices whose turn had come only because of the approval wait again; their 確認 is no longer asked for. */
async function sendBack(tx: WriteTransaction, all: readonly CaseStep[], order: Parameters<typeof stepsToArrive>[1]): Promise<void> {
  const steps = withoutCorrections(all);
  const asIfWaiting = steps.map(
    (one): CaseStep => (isAtOffice(one.state) || one.role === 'acknowledge' ? { ...one, state: 'waiting' } : one),
  );
  const stay = new Set(stepsToArrive(asIfWaiting, order).map((one) => one.id));
  for (const one of steps) {
    const reached = one.role === 'acknowledge' ? !isWaiting(one.state) : isAtOffice(one.state);
    if (reached && !stay.has(one.id)) await setStepBack(tx, { id: one.id, from: one.state }, { to: 'waiting' });
  }
}

/** 承認取消: the approver takes its own approval back while nothing later depends on it (`rules.md 3.9`); the case goes on at its office. */
export const revoke = command({
  name: 'application.revoke',
  input: revokeInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => await loadRevocation(tx, ctx, { action: 'revoke', id: input.id }),
  allow: (ctx, { target }, input) => gate(ctx, 'revoke', { target, seen: input.version }),
  decide: (ctx, { target, step, holds }) => {
    const about = { open: isOpen(target.state), firstOn: firstEffectOf(target.steps) };
    if (step === undefined) return refuse('forbidden');
    if (tooLateToRevoke('revoke', about, ctx.today)) return refuse('conflict', { message: texts.revokeTooLate });
    return holds ? accepted(step) : refuse('conflict', { message: texts.revokeBuiltUpon });
  },
  save: async (tx, { ctx, target: { target, order }, decision: step, input }) => {
    const reason = texts.revokedReason(input.reason);
    await setStepBack(tx, { id: step.id, from: step.state }, { to: 'received', arrivedAt: ctx.now });
    const back = target.steps.map((one): CaseStep => (one.id === step.id ? { ...one, state: 'received', decidedOn: null } : one));
    await updateApplication(tx, { id: target.id, version: target.version, now: ctx.now }, { state: 'submitted', closedAt: null });
    await annulSteps(tx, ctx, {
      personId: target.personId,
      stepIds: effectiveSteps(target, step),
      reason,
      affiliationId: target.affiliationId,
    });
    await sendBack(tx, back, order);
    const line = {
      applicationId: target.id,
      stepId: step.id,
      action: 'revoke',
      from: step.state,
      to: 'received',
      message: input.reason,
    } as const;
    await insertAction(tx, { ...line, ...signature(ctx) });
    return {
      value: { id: target.id },
      audit: { action: 'application.revoke', personIds: [target.personId], target: target.id, detail: { stepId: step.id } },
      events: [{ kind: 'application.revoked', payload: { applicationId: target.id, stepId: step.id } }],
    };
  },
  constraints: {
    application_one_open: () => refuse('conflict', { message: texts.openForAffiliation }),
    application_step_one_open_join: () => refuse('conflict', { message: texts.openForAssociation }),
  },
});

/** 退会取消: until the leave day the decider of a withdrawal takes it back; memberships go on, upper offices are asked for 確認 again. */
export const revokeLeave = command({
  name: 'application.revokeLeave',
  input: revokeLeaveInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => {
    const loaded = await loadRevocation(tx, ctx, { action: 'revokeLeave', id: input.id });
    if (loaded === undefined) return undefined;
    return { ...loaded, reasonKnown: await reasonExists(tx, { use: 'withdrawal_cancel', codes: [input.reason], on: ctx.today }) };
  },
  allow: (ctx, { target }, input) => gate(ctx, 'revokeLeave', { target, seen: input.version }),
  decide: (ctx, { target, step, holds, reasonKnown }) => {
    if (!reasonKnown) return refuseFields({ reason: [messages.sel(fieldNames.revokeLeaveReason)] });
    if (step === undefined) return refuse('forbidden');
    if (tooLateToRevoke('revokeLeave', { open: false, firstOn: firstEffectOf(target.steps) }, ctx.today))
      return refuse('conflict', { message: texts.revokeLeaveTooLate });
    return holds ? accepted(step) : refuse('conflict', { message: texts.revokeBuiltUpon });
  },
  save: async (tx, { ctx, target: { target }, decision: step, input }) => {
    const { id } = target;
    await takeBackLeave(tx, ctx, { target, step, reason: texts.leaveRevokedReason, reasons: [input.reason], note: input.note });
    return {
      value: { id },
      audit: {
        action: 'application.revokeLeave',
        personIds: [target.personId],
        target: id,
        detail: { stepId: step.id, reason: input.reason },
      },
      events: [{ kind: 'application.leaveRevoked', payload: { applicationId: id, stepId: step.id } }],
    };
  },
  constraints: {
    application_one_open: () => refuse('conflict', { message: texts.openForAffiliation }),
  },
});
