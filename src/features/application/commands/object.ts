import { idInput, textInput } from '#kernel/input.ts';
import { accepted } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { actionLabel } from '../labels.ts';
import { proxyNames, proxyTexts } from '../proxy-messages.ts';
import { insertAction } from '../step.store.server.ts';
import type { Case } from '../store.server.ts';
import { loadCase, updateApplication } from '../store.server.ts';
import { sendMessage } from './approve.ts';
import { caseLocks, changedMeanwhile, gate, signature } from './gate.ts';

/** The case stands still from now on, for the reason in 経過. */
export async function recordObjection(tx: WriteTransaction, ctx: Context, { target, note }: { target: Case; note: string }): Promise<void> {
  await updateApplication(
    tx,
    { id: target.id, version: target.version, now: ctx.now },
    { objectedAt: ctx.now, alsoAttention: actionLabel('object') },
  );
  await insertAction(tx, {
    applicationId: target.id,
    stepId: null,
    action: 'object',
    from: target.state,
    to: target.state,
    message: note,
    ...signature(ctx),
  });
}

/**
 * 「心当たりがない場合」: the doctor says that a paper entered for him is none of his. Nobody decides it from then on; the offices
 * of the case read why, and the one that entered it ends it by 取消 (`screens.md D-07`).
 */
export const object = command({
  name: 'application.object',
  input: z.object({ id: idInput, note: textInput(proxyNames.objection, { max: 500, multiline: true }) }),
  locks: caseLocks,
  load: async (tx, input, ctx) => await loadCase(tx, ctx.actor, input.id),
  allow: (ctx, target) => gate(ctx, 'object', { target, seen: target.version }),
  decide: (_ctx, target) => (target.objectedAt === null ? accepted(undefined) : changedMeanwhile(target, proxyTexts.objectedAlready)),
  save: async (tx, { ctx, target, input }) => {
    await recordObjection(tx, ctx, { target, note: input.note });
    await sendMessage(tx, ctx, { applicationId: target.id, body: proxyTexts.objection(input.note) });
    return {
      value: { id: target.id },
      audit: { action: 'application.object', personIds: [target.personId], target: target.id },
      events: [{ kind: 'application.objected', payload: { applicationId: target.id } }],
    };
  },
});
