import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { newCode } from '../code.ts';
import { awaitsOffice, certificateFlow } from '../flow.ts';
import { certificateTexts as texts } from '../messages.ts';
import { mayAnswerCertificate, maySeeCertificate } from '../policy.ts';
import { certificateIdInput, returnInput } from '../schema.ts';
import type { Certificate } from '../store.server.ts';
import { findCertificate, issueRequested, sendBack } from '../store.server.ts';
import { decidePaper, loadGround } from '../queries/decide.ts';

function allowAnswer(ctx: Context, target: Certificate) {
  if (ctx.actor.kind !== 'office' || !maySeeCertificate(ctx.actor, target)) return refuse('notFound');
  if (!awaitsOffice(target.state)) return refuse('conflict', { message: texts.notWaiting });
  return mayAnswerCertificate(ctx.actor, target) ? true : refuse('forbidden');
}

/** 発行する of what a doctor has asked for: with what is known today, not what was known when he asked (`screens.md O-29`). */
export const issueAsked = command({
  name: 'certificate.issueAsked',
  input: certificateIdInput,
  locks: async (tx, { id }) => {
    const found = await findCertificate(tx, id);
    return [...(found === undefined ? [] : [{ kind: 'person' as const, id: found.personId }]), { kind: 'application' as const, id }];
  },
  load: async (tx, { id }, ctx) => {
    const target = await findCertificate(tx, id);
    const ground = target === undefined ? undefined : await loadGround(tx, ctx, target);
    return target === undefined || ground === undefined ? undefined : { target, ground };
  },
  allow: (ctx, { target }) => allowAnswer(ctx, target),
  decide: (ctx, { target, ground }) => {
    const next = certificateFlow.next(target.state, 'issue');
    const decided = decidePaper(ctx, ground, target);
    if (next === undefined || !decided.ok) return refuse('conflict', { message: texts.noLongerTrue });
    return accepted({ next, paper: decided.value.paper });
  },
  save: async (tx, { ctx, target: { target }, decision }) => {
    const { id, state, personId, baseOn } = target;
    const issue = { paper: decision.paper, code: newCode(), at: ctx.now };
    const number = await issueRequested(tx, { id, from: state, to: decision.next }, issue);
    return {
      value: { id },
      audit: { action: 'certificate.issueAsked', target: id, personIds: [personId], detail: { baseOn, number: number ?? '' } },
      events: [{ kind: 'certificate.issued', payload: { certificateId: id } }],
    };
  },
});

/** 差戻し with a message to the doctor (`screens.md O-29`). */
export const returnCertificate = command({
  name: 'certificate.return',
  input: returnInput,
  locks: async (_tx, { id }) => await Promise.resolve([{ kind: 'application' as const, id }]),
  load: async (tx, { id }) => await findCertificate(tx, id),
  allow: allowAnswer,
  decide: (_ctx, target) => {
    const next = certificateFlow.next(target.state, 'return');
    return next === undefined ? refuse('conflict', { message: texts.notWaiting }) : accepted(next);
  },
  save: async (tx, { ctx, target: { id, state, personId }, decision, input }) => {
    await sendBack(tx, { id, from: state, to: decision }, { message: input.message, at: ctx.now });
    return {
      value: { id },
      audit: { action: 'certificate.return', target: id, personIds: [personId] },
      events: [{ kind: 'certificate.returned', payload: { certificateId: id } }],
    };
  },
});
