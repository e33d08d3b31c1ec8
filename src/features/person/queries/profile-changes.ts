import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { findDraft, listBlockDays, listChanges, listChangesById, type KeptDraft, type ProfileChange } from '../profile.store.server.ts';

/** What has been changed of a profile, and what is being changed; asked by other features inside their own transaction. */

export type { KeptDraft };

/** When each block was changed last, by its code; blocks that never were are missing. */
export async function blockDays(tx: ReadTransaction, personId: string): Promise<ReadonlyMap<string, Date>> {
  return new Map((await listBlockDays(tx, personId)).map((row) => [row.block, row.at]));
}

/** Changes of a person, newest first, as far as the actor may see him. */
export async function profileChangesOf(
  tx: ReadTransaction,
  personId: string,
  page: { after: string; limit: number },
): Promise<ProfileChange[]> {
  return await listChanges(tx, personId, page);
}

/** Changes by their numbers, as far as the actor may see whom they are about. */
export async function profileChangesById(tx: ReadTransaction, ids: readonly string[]): Promise<ProfileChange[]> {
  return await listChangesById(tx, ids);
}

const dayMs = 86_400_000;

/** What somebody was typing about a person within the last 24 hours. */
export async function keptDraftOf(
  tx: ReadTransaction,
  ctx: Context,
  key: { accountId: string; personId: string },
): Promise<KeptDraft | undefined> {
  return await findDraft(tx, { ...key, since: new Date(ctx.now.getTime() - dayMs) });
}
