import { actingAccount, actingAssociation, actorName } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import type { DomainEvent } from '#platform/command/command.ts';
import { command } from '#platform/command/command.ts';
import { actionLabel } from '../labels.ts';
import { may } from '../policy.ts';
import { proxyTexts } from '../proxy-messages.ts';
import { stopsHold } from '../proxy-rules.ts';
import { attentionInput, memoInput, messageInput } from '../schema.ts';
import { insertAction } from '../step.store.server.ts';
import { loadCase, updateApplication } from '../store.server.ts';
import { insertMemo, insertMessage } from '../note.store.server.ts';
import { insertDocument } from '../papers.store.server.ts';
import { caseLocks, gate, officeName, signature } from './gate.ts';
import { recordObjection } from './object.ts';

/** What `document.kind` says of a file on a message. */
const messageFileKind = 'message';

/** 審査時連絡メッセージ with files to the applicant and all offices of the case (`rules.md 3.14`); a missing doctor's own stops the case. */
export const postMessage = command({
  name: 'application.message',
  input: messageInput,
  locks: async (tx, input, ctx) => (ctx.actor.kind === 'doctor' ? await caseLocks(tx, input, ctx) : []),
  load: async (tx, input, ctx) => await loadCase(tx, ctx.actor, input.id),
  allow: (ctx, target) => (may(ctx.actor, 'message', target) ? true : refuse('forbidden')),
  decide: (ctx, target, input) => {
    const accountId = actingAccount(ctx.actor);
    const stops = ctx.actor.kind === 'doctor' && stopsHold(target, ctx.today);
    return accountId === undefined && input.files.length > 0 ? refuse('forbidden') : accepted({ accountId: accountId ?? '', stops });
  },
  save: async (tx, { ctx, target, decision, input }) => {
    const messageId = newId();
    const { actorName: authorName, ...signed } = signature(ctx);
    await insertMessage(tx, {
      id: messageId,
      applicationId: target.id,
      authorName,
      authorOffice: officeName(ctx),
      body: input.body,
      ...signed,
    });
    for (const { sha256, ...file } of input.files) {
      await insertDocument(tx, {
        ...file,
        id: newId(),
        applicationId: target.id,
        messageId,
        kind: messageFileKind,
        title: actionLabel('message'),
        sha256: Buffer.from(sha256, 'hex'),
        accountId: decision.accountId,
        at: ctx.now,
      });
    }
    if (decision.stops) await recordObjection(tx, ctx, { target, note: proxyTexts.repliedWhileHeld });
    const about = { personIds: [target.personId], target: target.id };
    const said: DomainEvent = decision.stops
      ? { kind: 'application.objected', payload: { applicationId: target.id, replied: 1 } }
      : { kind: 'application.messaged', payload: { applicationId: target.id, fromAssociationId: actingAssociation(ctx.actor) ?? null } };
    return {
      value: { id: target.id },
      audit: { action: 'application.message', ...about, detail: { files: input.files.length } },
      alsoAudit: decision.stops ? [{ action: 'application.object', ...about }] : [],
      events: [said],
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
