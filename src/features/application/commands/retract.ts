import { messages } from '#kernel/messages.ts';
import { accepted, refuseFields } from '#kernel/refusal.ts';
import { chooserOf, chosenReasons } from '#features/association/queries/reasons.ts';
import { command } from '#platform/command/command.ts';
import { fieldNames } from '../messages.ts';
import { retractInput } from '../schema.ts';
import { insertAction } from '../step.store.server.ts';
import { loadCase, updateApplication } from '../store.server.ts';
import { closeWaitingSteps } from './close-steps.ts';
import { caseLocks, gate, signature } from './gate.ts';

/** 取下げ by the applicant, until the first approval (`rules.md 3.9`). */
export const retract = command({
  name: 'application.retract',
  input: retractInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => {
    const target = await loadCase(tx, ctx.actor, input.id);
    if (target === undefined) return undefined;
    const asked = { use: 'cancel', codes: [input.reason], on: ctx.today, by: chooserOf(ctx.actor) } as const;
    return { target, reason: await chosenReasons(tx, asked) };
  },
  allow: (ctx, { target }, input) => gate(ctx, 'retract', { target, seen: input.version }),
  decide: (_ctx, { reason }, { note }) => {
    if (!reason.known) return refuseFields({ reason: [messages.sel(fieldNames.retractReason)] });
    return reason.needText && note === '' ? refuseFields({ note: [messages.req(fieldNames.retractNote)] }) : accepted(undefined);
  },
  save: async (tx, { ctx, target: { target }, input }) => {
    await closeWaitingSteps(tx, target);
    await insertAction(tx, {
      applicationId: target.id,
      stepId: null,
      action: 'retract',
      from: target.state,
      to: 'retracted',
      reasons: [input.reason],
      message: input.note,
      ...signature(ctx),
    });
    await updateApplication(tx, { id: target.id, version: target.version, now: ctx.now }, { state: 'retracted', closedAt: ctx.now });
    return {
      value: { id: target.id },
      audit: { action: 'application.retract', personIds: [target.personId], target: target.id, detail: { reason: input.reason } },
      events: [{ kind: 'application.retracted', payload: { applicationId: target.id } }],
    };
  },
});
