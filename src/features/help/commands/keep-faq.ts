import { actingAccount, actorName } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { findFaq, insertFaq, withdrawFaq } from '../faq.store.server.ts';
import { faqFlow } from '../flow.ts';
import { faqTexts as texts } from '../labels.ts';
import { mayKeepFaq } from '../policy.ts';
import { addQuestionInput, faqIdInput } from '../schema.ts';

const keepersOnly = ({ actor }: Context) => (mayKeepFaq(actor) ? true : refuse('forbidden'));

/** よくある質問に追加する (`screens.md P-05`): everybody reads it from now on. */
export const addQuestion = command({
  name: 'help.addQuestion',
  input: addQuestionInput,
  locks: async () => await Promise.resolve([]),
  load: async (_tx, _input, { actor }) => await Promise.resolve({ by: actingAccount(actor) }),
  allow: keepersOnly,
  decide: (_ctx, { by }) => (by === undefined ? refuse('forbidden') : accepted(by)),
  save: async (tx, { ctx, decision: by, input: { question, answer } }) => {
    const id = newId();
    await insertFaq(tx, { id, question, answer, by, name: actorName(ctx.actor), at: ctx.now });
    return { value: { id }, audit: { action: 'help.addQuestion', target: id }, events: [] };
  },
});

/** 取り下げる: it is shown no more. */
export const withdrawQuestion = command({
  name: 'help.withdrawQuestion',
  input: faqIdInput,
  locks: async (_tx, { id }) => await Promise.resolve([{ kind: 'key' as const, id: `faq:${id}` }]),
  load: async (tx, { id }) => await findFaq(tx, id),
  allow: keepersOnly,
  decide: (_ctx, { state }) => {
    const next = faqFlow.next(state, 'withdraw');
    return next === undefined ? refuse('conflict', { message: texts.withdrawn }) : accepted(next);
  },
  save: async (tx, { ctx, target: { id }, decision: state }) => {
    await withdrawFaq(tx, id, { state, name: actorName(ctx.actor), at: ctx.now });
    return { value: { id }, audit: { action: 'help.withdrawQuestion', target: id }, events: [] };
  },
});
