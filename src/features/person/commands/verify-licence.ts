import { actingAccount, actingAssociation } from '#kernel/actor.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { verifyLicence } from '../store.server.ts';

/** An officer has seen the licence (`rules.md 5.2`): the number is no longer shown as (確認前). Within a decision's transaction. */
export async function markLicenceSeen(tx: WriteTransaction, ctx: Context, personId: string): Promise<void> {
  await verifyLicence(tx, {
    personId,
    accountId: actingAccount(ctx.actor) ?? null,
    associationId: actingAssociation(ctx.actor) ?? null,
    at: ctx.now,
  });
}
