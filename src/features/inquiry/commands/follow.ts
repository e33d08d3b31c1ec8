import { actingAccount, actorName } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import type { Outcome, Refused } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import type { Lock } from '#platform/command/command.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import type { InquiryAction, InquiryState } from '../flow.ts';
import { awaitsAnswer, inquiryFlow } from '../flow.ts';
import { deskLabel } from '../labels.ts';
import { inquiryTexts as texts } from '../messages.ts';
import { isHisAct, maySeeInquiry } from '../policy.ts';
import { dueOn } from '../rules.ts';
import { replyInput, settleInput } from '../schema.ts';
import type { Change, Inquiry } from '../store.server.ts';
import { findInquiry, insertMessage, updateInquiry } from '../store.server.ts';

/** What happens to an お問合せ after it was asked: replies of both sides, 解決した, 完了にする. */

/** Two acts on the same inquiry come one after the other. */
export async function inquiryLocks(_tx: WriteTransaction, { id }: { id: string }): Promise<Lock[]> {
  return await Promise.resolve([{ kind: 'application', id: `inquiry:${id}` }]);
}

/** Seen, his to do, and seen as it is now. */
export function gate(ctx: Context, target: Inquiry, about: { action: InquiryAction; version: number }): true | Refused {
  if (!maySeeInquiry(ctx.actor, target)) return refuse('notFound');
  if (!isHisAct(ctx.actor, target, about.action)) return refuse('forbidden');
  return target.version === about.version ? true : refuse('conflict', { message: texts.changed });
}

/** The state after an act. */
export function nextState(target: Inquiry, action: InquiryAction): Outcome<InquiryState> {
  const next = inquiryFlow.next(target.state, action);
  return next === undefined ? refuse('conflict', { message: texts.changed }) : accepted(next);
}

/** Moves it on; the lock and the version before it leave no room for another. */
export async function moveOn(tx: WriteTransaction, target: Inquiry, change: Change & { now: Date }): Promise<void> {
  const moved = await updateInquiry(tx, { id: target.id, version: target.version, now: change.now }, change);
  if (!moved) throw new Error('an inquiry moved under its lock');
}

/** What the audit keeps of an act. */
export function noteOf(action: string, target: Inquiry, detail: Record<string, string> = {}) {
  return {
    action,
    target: target.id,
    personIds: target.personId === null ? [] : [target.personId],
    detail: { number: target.number, ...detail },
  };
}

/** 返信する by the desk: M-34 tells who asked. */
export const answerInquiry = command({
  name: 'inquiry.answer',
  input: replyInput,
  locks: inquiryLocks,
  load: async (tx, { id }, ctx) => {
    const target = await findInquiry(tx, id);
    if (target === undefined) return undefined;
    const [at] = target.at.associationId === null ? [] : await associationsById(tx, [target.at.associationId], ctx.today);
    return { target, office: deskLabel(target.at, at?.name ?? '') };
  },
  allow: (ctx, { target }, input) => gate(ctx, target, { action: 'answer', version: input.version }),
  decide: (_ctx, { target }) => nextState(target, 'answer'),
  save: async (tx, { ctx, target: { target, office }, decision, input }) => {
    const messageId = newId();
    await moveOn(tx, target, { state: decision, now: ctx.now });
    await insertMessage(tx, {
      id: messageId,
      inquiryId: target.id,
      byDesk: true,
      accountId: actingAccount(ctx.actor) ?? null,
      authorName: actorName(ctx.actor),
      authorOffice: office,
      body: input.body,
      at: ctx.now,
    });
    return {
      value: { id: target.id },
      audit: noteOf('inquiry.answer', target),
      events: [{ kind: 'inquiry.answered', payload: { inquiryId: target.id, messageId } }],
    };
  },
});

/** 返信する by who asked; opens an answered or finished one again, and 期限 begins anew. */
export const addToInquiry = command({
  name: 'inquiry.add',
  input: replyInput,
  locks: inquiryLocks,
  load: async (tx, { id }) => await findInquiry(tx, id),
  allow: (ctx, target, input) => gate(ctx, target, { action: 'ask', version: input.version }),
  decide: (_ctx, target) => nextState(target, 'ask'),
  save: async (tx, { ctx, target, decision, input }) => {
    const anew = awaitsAnswer(target.state) ? {} : { dueOn: dueOn(ctx.today) };
    await moveOn(tx, target, { state: decision, now: ctx.now, ...anew });
    await insertMessage(tx, {
      id: newId(),
      inquiryId: target.id,
      byDesk: false,
      accountId: actingAccount(ctx.actor) ?? null,
      authorName: actorName(ctx.actor),
      authorOffice: ctx.actor.kind === 'office' ? ctx.actor.associationName : '',
      body: input.body,
      at: ctx.now,
    });
    return { value: { id: target.id }, audit: noteOf('inquiry.add', target), events: [] };
  },
});

function settling(action: 'solve' | 'close') {
  return command({
    name: `inquiry.${action}`,
    input: settleInput,
    locks: inquiryLocks,
    load: async (tx, { id }) => await findInquiry(tx, id),
    allow: (ctx, target, input) => gate(ctx, target, { action, version: input.version }),
    decide: (_ctx, target) => nextState(target, action),
    save: async (tx, { ctx, target, decision }) => {
      await moveOn(tx, target, { state: decision, now: ctx.now });
      return { value: { id: target.id }, audit: noteOf(`inquiry.${action}`, target), events: [] };
    },
  });
}

/** 解決した, by who asked. */
export const solveInquiry = settling('solve');
/** 完了にする, by the desk. */
export const closeInquiry = settling('close');
