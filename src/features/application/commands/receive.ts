import { accepted } from '#kernel/refusal.ts';
import { markLicenceSeen } from '#features/person/commands/verify-licence.ts';
import { command } from '#platform/command/command.ts';
import { stepsToArrive } from '../plan.ts';
import { receiveInput } from '../schema.ts';
import type { CaseStep } from '../store.server.ts';
import { insertAction, updateStep } from '../step.store.server.ts';
import { loadCase, updateApplication } from '../store.server.ts';
import { caseLocks, gate, signature, stepOfActor } from './gate.ts';
import { arrivedIn, reach } from './reach.ts';

/** 受付: the office has taken the case; it may at the same time note that it has seen the licence (`screens.md O-06`). */
export const receive = command({
  name: 'application.receive',
  input: receiveInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => await loadCase(tx, ctx.actor, input.id),
  allow: (ctx, target, input) => gate(ctx, 'receive', { target, seen: input.version }),
  decide: (ctx, target) => {
    const step = stepOfActor(ctx, 'receive', target);
    const steps = target.steps.map((one): CaseStep => (one.id === step.id ? { ...one, state: 'received' } : one));
    // Where 受付 is all that is asked, the case goes on to the next office (`rules.md 3.5`).
    return accepted({ step, arrivals: step.role === 'receive' ? stepsToArrive(steps, 'parallel') : [] });
  },
  save: async (tx, { ctx, target, decision, input }) => {
    await updateStep(tx, { id: decision.step.id, from: decision.step.state }, { state: 'received', receivedAt: ctx.now });
    await insertAction(tx, {
      applicationId: target.id,
      stepId: decision.step.id,
      action: 'receive',
      from: decision.step.state,
      to: 'received',
      ...signature(ctx),
    });
    const reached = await reach(tx, ctx, { target, arrivals: decision.arrivals });
    if (input.licenceSeen) await markLicenceSeen(tx, ctx, target.personId);
    await updateApplication(tx, { id: target.id, version: target.version, now: ctx.now }, {});
    return {
      value: { id: target.id },
      audit: {
        action: 'application.receive',
        personIds: [target.personId],
        target: target.id,
        detail: { stepId: decision.step.id, licenceSeen: input.licenceSeen },
      },
      alsoAudit: reached.alsoAudit,
      events: [
        {
          kind: 'application.received',
          payload: {
            applicationId: target.id,
            stepId: decision.step.id,
            arrived: arrivedIn(decision.arrivals),
            withoutMail: input.withoutMail ? 1 : 0,
          },
        },
        ...reached.events,
      ],
    };
  },
});
