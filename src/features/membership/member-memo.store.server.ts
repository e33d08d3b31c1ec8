import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';

/** SQL of 事務局メモ about a member (`screens.md O-08`): one text per office, every version kept. */

export type MemoKey = { personId: string; associationId: number };
export type MemberMemo = { version: number; body: string; authorName: string; at: Date };

/** Versions of a memo, newest first. */
export async function listMemos(tx: ReadTransaction, key: MemoKey, limit: number): Promise<MemberMemo[]> {
  return await tx
    .selectFrom('member_memo')
    .select(['version', 'body', 'author_name as authorName', 'at'])
    .where('person_id', '=', key.personId)
    .where('association_id', '=', key.associationId)
    .orderBy('version', 'desc')
    .limit(limit)
    .execute();
}

/** Adds the next version. */
export async function insertMemberMemo(tx: WriteTransaction, row: MemoKey & MemberMemo & { accountId: string }): Promise<void> {
  await tx
    .insertInto('member_memo')
    .values({
      person_id: row.personId,
      association_id: row.associationId,
      version: row.version,
      body: row.body,
      account_id: row.accountId,
      author_name: row.authorName,
      at: row.at,
    })
    .execute();
}
