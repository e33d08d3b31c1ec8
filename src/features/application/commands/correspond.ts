import { actingAccount, actingAssociation, actorName } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { may } from '../policy.ts';
import { attentionInput, memoInput, messageInput } from '../schema.ts';
import { insertAction } from '../step.store.server.ts';
import { loadCase, updateApplication } from '../store.server.ts';
import { insertMemo } from '../note.store.server.ts';
import { sendMessage } from './approve.ts';
import { caseLocks, gate, officeName, signature } from './gate.ts';

/** 審査時連絡メッセージ to the applicant and all offices of the case (`rules.md 3.14`). */
export const postMessage = command({
  name: 'application.message',
  input: messageInput,
  locks: async () => [],
  load: async (tx, input, ctx) => await loadCase(tx, ctx.actor, input.id),
  allow: (ctx, target) => (may(ctx.actor, 'message', target) ? true : refuse('forbidden')),
  decide: () => accepted(undefined),
  save: async (tx, { ctx, target, input }) => {
    await sendMessage(tx, ctx, { applicationId: target.id, body: input.body });
    return {
      value: { id: target.id },
      audit: { action: 'application.message', personIds: [target.personId], target: target.id },
      events: [
        { kind: 'application.messaged', payload: { applicationId: target.id, fromAssociationId: actingAssociation(ctx.actor) ?? null } },
      ],
    };
  },
});

/** 事務局メモ, never shown to the applicant. */
export const postMemo = command({
  name: 'application.memo',
  input: memoInput,
  locks: async () => [],
  load: async (tx, input, ctx) => await loadCase(tx, ctx.actor, input.id),
  allow: (ctx, target) => (may(ctx.actor, 'memo', target) ? true : refuse('forbidden')),
  decide: (ctx) => {
    const associationId = actingAssociation(ctx.actor);
    const accountId = actingAccount(ctx.actor);
    return associationId === undefined || accountId === undefined ? refuse('forbidden') : accepted({ associationId, accountId });
  },
  save: async (tx, { ctx, target, decision, input }) => {
    await insertMemo(tx, {
      id: newId(),
      applicationId: target.id,
      ...decision,
      authorName: actorName(ctx.actor),
      authorOffice: officeName(ctx),
      body: input.body,
      ownOfficeOnly: input.ownOfficeOnly,
      at: ctx.now,
    });
    return { value: { id: target.id }, audit: { action: 'application.memo', personIds: [target.personId], target: target.id }, events: [] };
  },
});

/** 要注意 set or lifted by hand, with a reason. */
export const setAttention = command({
  name: 'application.attention',
  input: attentionInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => await loadCase(tx, ctx.actor, input.id),
  allow: (ctx, target, input) => gate(ctx, 'attention', { target, seen: input.version }),
  decide: () => accepted(undefined),
  save: async (tx, { ctx, target, input }) => {
    const attention = input.attention === 'on';
    await updateApplication(
      tx,
      { id: target.id, version: target.version, now: ctx.now },
      { attention, attentionReason: attention ? input.reason : '' },
    );
    await insertAction(tx, {
      applicationId: target.id,
      stepId: null,
      action: 'attention',
      from: target.state,
      to: target.state,
      message: input.reason,
      ...signature(ctx),
    });
    return {
      value: { id: target.id },
      audit: { action: 'application.attention', personIds: [target.personId], target: target.id, detail: { attention } },
      events: [],
    };
  },
});
