import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** SQL of getting back in: who an account belongs to, and the links that were sent. */

export type Owner = {
  accountId: string;
  kind: string;
  loginId: string;
  name: string;
  mail: string | null;
  personId: string | null;
  birthOn: Day | null;
  diedOn: Day | null;
};

function owners(tx: ReadTransaction) {
  return tx
    .selectFrom('account as a')
    .leftJoin('person as p', 'p.account_id', 'a.id')
    .select([
      'a.id as accountId',
      'a.kind',
      'a.login_id as loginId',
      'a.display_name as name',
      'a.mail',
      'p.id as personId',
      'p.birth_on as birthOn',
      'p.died_on as diedOn',
    ])
    .where('a.state', '=', 'active');
}

/** The owner of a login ID. */
export async function findOwner(tx: ReadTransaction, loginId: string): Promise<Owner | undefined> {
  return await owners(tx).where(sql<boolean>`lower(a.login_id) = lower(${loginId})`).executeTakeFirst();
}

/** Everybody who says a licence number is his: the holder, and claims that are not settled. */
export async function listOwnersOfNumber(tx: ReadTransaction, number: string): Promise<Owner[]> {
  return await owners(tx)
    .innerJoin('person_licence as l', 'l.person_id', 'p.id')
    .where('l.number', '=', number)
    .where('l.current', '=', true)
    .limit(10)
    .execute();
}

export type Purpose = 'reset' | 'mail' | 'oldMail' | 'letter' | 'letterReset';

/** How many links of a kind were sent about an account since an instant. */
export async function countLinks(tx: ReadTransaction, accountId: string, ask: { purpose: Purpose; since: Date }): Promise<number> {
  const row = await tx
    .selectFrom('account_link')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId)
    .where('purpose', '=', ask.purpose)
    .where('created_at', '>', ask.since)
    .executeTakeFirstOrThrow();
  return row.n;
}

export type NewLink = { tokenHash: Buffer; accountId: string; purpose: Purpose; mail: string; now: Date; expiresAt: Date };

/** Writes a link that can be used once. */
export async function insertLink(tx: WriteTransaction, link: NewLink): Promise<void> {
  await tx
    .insertInto('account_link')
    .values({
      token_hash: link.tokenHash,
      account_id: link.accountId,
      purpose: link.purpose,
      mail: link.mail,
      created_at: link.now,
      expires_at: link.expiresAt,
    })
    .execute();
}

export type Link = { accountId: string; purpose: string; mail: string; expiresAt: Date; usedAt: Date | null };

/** The links that open パスワードの再設定: of M-04, and of a letter's code. */
export const resetPurposes: readonly Purpose[] = ['reset', 'letterReset'];

/** The link came of a letter's code: 運営事務局 has made sure who its owner is. */
export function isByLetter(link: Pick<Link, 'purpose'>): boolean {
  return link.purpose === 'letterReset';
}

/** A link, whatever has become of it. */
export async function findLink(tx: ReadTransaction, tokenHash: Buffer, purposes: readonly Purpose[]): Promise<Link | undefined> {
  return await tx
    .selectFrom('account_link')
    .select(['account_id as accountId', 'purpose', 'mail', 'expires_at as expiresAt', 'used_at as usedAt'])
    .where('token_hash', '=', tokenHash)
    .where('purpose', 'in', purposes)
    .executeTakeFirst();
}

/** The newest link of a kind that can still be used. */
export async function findOpenLink(
  tx: ReadTransaction,
  accountId: string,
  ask: { purpose: Purpose; now: Date },
): Promise<Link | undefined> {
  return await tx
    .selectFrom('account_link')
    .select(['account_id as accountId', 'purpose', 'mail', 'expires_at as expiresAt', 'used_at as usedAt'])
    .where('account_id', '=', accountId)
    .where('purpose', '=', ask.purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', ask.now)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The link, and every other open one of its kind, opens nothing any more. */
export async function useLinks(tx: WriteTransaction, accountId: string, used: { purpose: Purpose; now: Date }): Promise<void> {
  await tx
    .updateTable('account_link')
    .set({ used_at: used.now })
    .where('account_id', '=', accountId)
    .where('purpose', '=', used.purpose)
    .where('used_at', 'is', null)
    .execute();
}
