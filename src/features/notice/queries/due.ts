import type { Context } from '#platform/context.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { listMailDue, listToRecount } from '../mail.store.server.ts';

/** What jobs have to do for お知らせ; ids only. */

/** Notices whose M-54 should have gone by now. */
export async function mailsDue(ctx: Context): Promise<string[]> {
  return await readTransaction(ctx, async (tx) => await listMailDue(tx, ctx.now));
}

/** One page of the running notices whose readers are counted anew. */
export async function noticesToRecount(ctx: Context, after: string, limit: number): Promise<string[]> {
  return await readTransaction(ctx, async (tx) => await listToRecount(tx, { on: ctx.today, after, limit }));
}
