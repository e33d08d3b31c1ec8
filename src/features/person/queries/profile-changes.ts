import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { findDraft, findProfileChange, listBlockDays, type KeptDraft, type ProfileChange } from '../profile.store.server.ts';

/** What has been changed of a profile, and what is being changed; asked by other features inside their own transaction. */

export type { KeptDraft, ProfileChange };

/**
 * Who changed what, before and after in the words that were shown. News of it is the event `person.profileChanged` with
 * `personId`, `changeId`, `source` and the names of the fields; the values stay here, under row-level security.
 */
export async function profileChangeOf(tx: ReadTransaction, changeId: string): Promise<ProfileChange | undefined> {
  return await findProfileChange(tx, changeId);
}

/** When each block was changed last, by its code; blocks that never were are missing. */
export async function blockDays(tx: ReadTransaction, personId: string): Promise<ReadonlyMap<string, Date>> {
  return new Map((await listBlockDays(tx, personId)).map((row) => [row.block, row.at]));
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
