import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { listDueMails } from '../mail-change.store.server.ts';

const mostAtOnce = 500;

/** Accounts whose new address holds from now on; the next round takes the rest. */
export async function dueMailChanges(ctx: Context): Promise<string[]> {
  const due = await readTransaction(ctx, (tx) => listDueMails(tx, ctx.now, mostAtOnce));
  return due.map((row) => row.accountId);
}
