import { accepted, refuseFields } from '#kernel/refusal.ts';
import { messages } from '#kernel/messages.ts';
import { reasonExists } from '#features/association/queries/reasons.ts';
import { command } from '#platform/command/command.ts';
import { fieldNames } from '../messages.ts';
import { returnInput } from '../schema.ts';
import { keepForm } from '../history.store.server.ts';
import { insertAction, updateStep } from '../step.store.server.ts';
import { loadCase, updateApplication } from '../store.server.ts';
import { sendMessage } from './approve.ts';
import { caseLocks, gate, signature, stepOfActor } from './gate.ts';

/** 差戻し: back to whoever applied, with a message and, per field, what to correct (`rules.md 3.8`). The clock stops. */
export const returnCase = command({
  name: 'application.return',
  input: returnInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => {
    const target = await loadCase(tx, ctx.actor, input.id);
    if (target === undefined) return undefined;
    return { target, reasonsKnown: await reasonExists(tx, { use: 'return', codes: input.reasons, on: ctx.today }) };
  },
  allow: (ctx, { target }, input) => gate(ctx, 'return', { target, seen: input.version }),
  decide: (ctx, { target, reasonsKnown }) =>
    reasonsKnown
      ? accepted({ step: stepOfActor(ctx, 'return', target) })
      : refuseFields({ reasons: [messages.sel(fieldNames.returnReason)] }),
  save: async (tx, { ctx, target: { target }, decision, input }) => {
    await updateStep(tx, { id: decision.step.id, from: decision.step.state }, { state: 'returned' });
    await insertAction(tx, {
      applicationId: target.id,
      stepId: decision.step.id,
      action: 'return',
      from: decision.step.state,
      to: 'returned',
      reasons: input.reasons,
      fields: input.fields,
      message: input.message,
      ...signature(ctx),
    });
    await keepForm(tx, target.id, { form: target.form, at: ctx.now });
    await sendMessage(tx, ctx, { applicationId: target.id, body: input.message });
    await updateApplication(tx, { id: target.id, version: target.version, now: ctx.now }, { state: 'returned' });
    return {
      value: { id: target.id },
      audit: {
        action: 'application.return',
        personIds: [target.personId],
        target: target.id,
        detail: { stepId: decision.step.id, reasons: input.reasons, fields: input.fields.map((one) => one.field) },
      },
      events: [{ kind: 'application.returned', payload: { applicationId: target.id, stepId: decision.step.id } }],
    };
  },
});
