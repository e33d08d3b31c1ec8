import { holdRefusal } from '#kernel/factor-hold.ts';
import { newId } from '#kernel/id.ts';
import { messages } from '#kernel/messages.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { officeOf } from '#features/application/queries/inbox.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { awaitsApproval, exportFlow } from '../flow.ts';
import { exportTexts } from '../messages.ts';
import { mayAnswer, maySeeExport } from '../policy.ts';
import { answerInput } from '../schema.ts';
import type { ExportRow } from '../store.server.ts';
import { findExport, insertEvent, moveExport } from '../store.server.ts';

function allowAnswer(ctx: Context, target: ExportRow) {
  if (!maySeeExport(ctx.actor, target)) return refuse('notFound');
  if (!awaitsApproval(target.state)) return refuse('conflict', { message: exportTexts.notAwaiting });
  if (!mayAnswer(ctx.actor, target)) return refuse('forbidden', { message: exportTexts.ownExport });
  return holdRefusal(ctx.actor, ctx.now) ?? true;
}

function answer(action: 'approve' | 'decline') {
  return command({
    name: `export.${action}`,
    input: answerInput,
    locks: async (_tx, { id }) => await Promise.resolve([{ kind: 'application' as const, id }]),
    load: async (tx, { id }) => await findExport(tx, id),
    allow: allowAnswer,
    decide: (_ctx, target, { reason }) => {
      if (action === 'decline' && reason === '') return refuseFields({ reason: [messages.req('却下の理由')] });
      const next = exportFlow.next(target.state, action);
      return next === undefined ? refuse('conflict', { message: exportTexts.notAwaiting }) : accepted(next);
    },
    save: async (tx, { ctx, target, decision, input }) => {
      const office = officeOf(ctx);
      await moveExport(tx, { id: target.id, from: target.state }, decision);
      await insertEvent(tx, {
        id: newId(),
        exportId: target.id,
        associationId: target.associationId,
        kind: action === 'approve' ? 'approved' : 'declined',
        accountId: office.accountId,
        actorName: office.displayName,
        reason: input.reason,
        onDay: null,
        at: ctx.now,
      });
      return {
        value: { id: target.id },
        audit: { action: `export.${action}`, target: target.id, purpose: target.purpose, detail: { number: target.number } },
        events: [{ kind: action === 'approve' ? 'export.asked' : 'export.declined', payload: { exportId: target.id } }],
      };
    },
  });
}

/** 承認する: a second person lets a large file be made (`screens.md O-23`). */
export const approveExport = answer('approve');

/** 却下する, with a reason. */
export const declineExport = answer('decline');
