import type { Actor } from '#kernel/actor.ts';
import type { AuditNote } from '#platform/audit/audit-event.ts';
import { auditRow } from '#platform/audit/audit-event.ts';
import type { Context } from '#platform/context.ts';
import { writeTransaction } from '#platform/db/transaction.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';

/**
 * The command wrapper for sign-in itself. Its rows are visible to the system only, while the audit must name the person who
 * comes or goes; and what it answers (a session token) must not be kept for repeated requests. So: one transaction as the
 * system, with the rows and the audit event of the true actor in it, and nothing else.
 */
export async function signInAct<T>(
  ctx: Context,
  act: { actor: Actor; note: AuditNote },
  work: (tx: WriteTransaction) => Promise<T>,
): Promise<T> {
  return await writeTransaction({ ...ctx, actor: { kind: 'system', name: 'identity' } }, async (tx) => {
    const value = await work(tx);
    const row = auditRow({ ...ctx, actor: act.actor }, act.note);
    await tx
      .insertInto('audit_event')
      .values({ ...row, person_ids: [...row.person_ids] })
      .execute();
    return { value, commit: true };
  });
}

/** Records a sign-in that was refused; `target` is an account id or '', never what was typed. */
export async function recordRefusedLogin(ctx: Context, reason: string, target: string): Promise<void> {
  await ctx.audit.write([auditRow(ctx, { action: 'identity.logIn', target, detail: { refused: reason } }, 'refused')]);
}
