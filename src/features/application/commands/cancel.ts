import { messages } from '#kernel/messages.ts';
import { accepted, refuseFields } from '#kernel/refusal.ts';
import { chosenReasons } from '#features/association/queries/reasons.ts';
import { command } from '#platform/command/command.ts';
import { fieldNames } from '../messages.ts';
import { cancelInput } from '../schema.ts';
import { insertAction } from '../step.store.server.ts';
import { loadCase, updateApplication } from '../store.server.ts';
import { closeWaitingSteps } from './close-steps.ts';
import { caseLocks, gate, signature } from './gate.ts';

/** 取消: the office that holds the case ends it with a reason; what lower offices approved stands (`rules.md 3.9`). */
export const cancel = command({
  name: 'application.cancel',
  input: cancelInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => {
    const target = await loadCase(tx, ctx.actor, input.id);
    if (target === undefined) return undefined;
    return { target, reason: await chosenReasons(tx, { use: 'cancel', codes: [input.reason], on: ctx.today, by: 'office' }) };
  },
  allow: (ctx, { target }, input) => gate(ctx, 'cancel', { target, seen: input.version }),
  decide: (_ctx, { reason }, { note }) => {
    if (!reason.known) return refuseFields({ reason: [messages.sel(fieldNames.cancelReason)] });
    return reason.needText && note === '' ? refuseFields({ note: [messages.req(fieldNames.cancelNote)] }) : accepted(undefined);
  },
  save: async (tx, { ctx, target: { target }, input }) => {
    await closeWaitingSteps(tx, target);
    await insertAction(tx, {
      applicationId: target.id,
      stepId: null,
      action: 'cancel',
      from: target.state,
      to: 'cancelled',
      reasons: [input.reason],
      message: input.note,
      ...signature(ctx),
    });
    await updateApplication(tx, { id: target.id, version: target.version, now: ctx.now }, { state: 'cancelled', closedAt: ctx.now });
    return {
      value: { id: target.id },
      audit: { action: 'application.cancel', personIds: [target.personId], target: target.id, detail: { reason: input.reason } },
      events: [{ kind: 'application.cancelled', payload: { applicationId: target.id } }],
    };
  },
});
