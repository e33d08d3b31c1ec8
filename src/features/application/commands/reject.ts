import { newId } from '#kernel/id.ts';
import { messages } from '#kernel/messages.ts';
import { accepted, refuseFields } from '#kernel/refusal.ts';
import { pinnedSettings } from '#features/association/queries/directory.ts';
import { reasonExists } from '#features/association/queries/reasons.ts';
import { command } from '#platform/command/command.ts';
import { leavesTask } from '../ending-rules.ts';
import { fieldNames } from '../messages.ts';
import { rejectInput } from '../schema.ts';
import { insertAction, updateStep } from '../step.store.server.ts';
import { loadCase, updateApplication } from '../store.server.ts';
import { insertTask } from '../note.store.server.ts';
import { sendMessage } from './approve.ts';
import { closeWaitingSteps } from './close-steps.ts';
import { caseLocks, gate, signature, stepOfActor } from './gate.ts';

/**
 * 非承認: the case ends, lower memberships stand; where the lowest association demands the layers above, it gets a task to
 * decide what becomes of its own membership (`rules.md 3.4`).
 */
export const reject = command({
  name: 'application.reject',
  input: rejectInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => {
    const target = await loadCase(tx, ctx.actor, input.id);
    if (target === undefined) return undefined;
    const lowest = target.steps[0];
    const [settings] =
      lowest === undefined ? [] : await pinnedSettings(tx, [{ associationId: lowest.associationId, version: lowest.settingsVersion }]);
    return {
      target,
      lowest,
      demands: settings?.settings.requiredUpperLayers ?? 'none',
      reasonKnown: await reasonExists(tx, { use: 'reject', codes: [input.reason], on: ctx.today }),
    };
  },
  allow: (ctx, { target }, input) => gate(ctx, 'reject', { target, seen: input.version }),
  decide: (ctx, { target, lowest, demands, reasonKnown }) => {
    if (!reasonKnown) return refuseFields({ reason: [messages.sel(fieldNames.rejectReason)] });
    const step = stepOfActor(ctx, 'reject', target);
    const left = lowest !== undefined && leavesTask(target, { ...lowest, own: lowest.id === step.id }, demands);
    return accepted({ step, taskFor: left ? lowest.associationId : undefined });
  },
  save: async (tx, { ctx, target: { target }, decision, input }) => {
    const { step } = decision;
    await updateStep(tx, { id: step.id, from: step.state }, { state: 'rejected', decidedAt: ctx.now, decidedBy: signature(ctx).actorName });
    await closeWaitingSteps(tx, { steps: target.steps.filter((one) => one.id !== step.id) });
    await insertAction(tx, {
      applicationId: target.id,
      stepId: step.id,
      action: 'reject',
      from: step.state,
      to: 'rejected',
      reasons: [input.reason],
      message: input.message,
      ...signature(ctx),
    });
    await sendMessage(tx, ctx, { applicationId: target.id, body: input.message });
    if (decision.taskFor !== undefined) {
      await insertTask(tx, {
        id: newId(),
        associationId: decision.taskFor,
        applicationId: target.id,
        personId: target.personId,
        kind: 'rejectedAbove',
        at: ctx.now,
      });
    }
    await updateApplication(tx, { id: target.id, version: target.version, now: ctx.now }, { state: 'rejected', closedAt: ctx.now });
    return {
      value: { id: target.id },
      audit: {
        action: 'application.reject',
        personIds: [target.personId],
        target: target.id,
        detail: { stepId: step.id, reason: input.reason },
      },
      events: [{ kind: 'application.rejected', payload: { applicationId: target.id, stepId: step.id } }],
    };
  },
});
