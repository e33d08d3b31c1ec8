import { accepted, refuse } from '#kernel/refusal.ts';
import { idInput } from '#kernel/input.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { decideFlow } from '../flow.ts';
import { versionedInput } from '../schema.ts';
import type { Case, CaseStep } from '../store.server.ts';
import { insertAction, updateStep } from '../step.store.server.ts';
import { loadCase, updateApplication } from '../store.server.ts';
import { caseLocks, gate, signature, stepOfActor } from './gate.ts';

async function acknowledgeStep(tx: WriteTransaction, ctx: Context, { target, step }: { target: Case; step: CaseStep }) {
  const signed = signature(ctx);
  await updateStep(tx, { id: step.id, from: step.state }, { state: 'acknowledged', decidedAt: ctx.now, decidedBy: signed.actorName });
  const line = { applicationId: target.id, stepId: step.id, action: 'acknowledge', from: step.state, to: 'acknowledged' } as const;
  await insertAction(tx, { ...line, ...signed });
  await updateApplication(tx, { id: target.id, version: target.version, now: ctx.now }, {});
  return {
    value: { id: target.id },
    audit: { action: 'application.acknowledge', personIds: [target.personId], target: target.id, detail: { stepId: step.id } },
    events: [{ kind: 'application.acknowledged', payload: { applicationId: target.id, stepId: step.id } }],
  };
}

/** 確認: the office has taken notice of what others decided (`rules.md 3.3, 3.5`). */
export const acknowledge = command({
  name: 'application.acknowledge',
  input: versionedInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => await loadCase(tx, ctx.actor, input.id),
  allow: (ctx, target, input) => gate(ctx, 'acknowledge', { target, seen: input.version }),
  decide: (ctx, target) => accepted(stepOfActor(ctx, 'acknowledge', target)),
  save: async (tx, { ctx, target, decision: step }) => await acknowledgeStep(tx, ctx, { target, step }),
});

/** 自動確認 after acknowledgeDays (`rules.md 4.1`): only for our own jobs; done already is nothing to do. */
export const acknowledgeLate = command({
  name: 'application.acknowledgeLate',
  input: z.object({ id: idInput, stepId: idInput }),
  locks: caseLocks,
  load: async (tx, input, ctx) => await loadCase(tx, ctx.actor, input.id),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('notFound')),
  decide: (_ctx, target, { stepId }) => {
    const step = target.steps.find((one) => one.id === stepId);
    const possible = step?.role === 'acknowledge' && decideFlow.next(step.state, 'acknowledge') !== undefined;
    return step !== undefined && possible ? accepted(step) : refuse('conflict');
  },
  save: async (tx, { ctx, target, decision: step }) => await acknowledgeStep(tx, ctx, { target, step }),
});
