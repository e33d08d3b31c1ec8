import { sql } from 'kysely';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';

/** SQL of the mails' way (P-08); system and operations office only, bodies are never read here. */

export type Delivery = {
  to: string;
  personId: string | null;
  state: string;
  /** False where the doctor has another address by now. */
  current: boolean;
};

const isCurrent = sql<boolean>`(mail_message.person_id IS NULL
  OR EXISTS (SELECT FROM person p WHERE p.id = mail_message.person_id AND lower(p.mail) = lower(mail_message.to_address))
  OR EXISTS (SELECT FROM person p JOIN account a ON a.id = p.account_id WHERE p.id = mail_message.person_id AND lower(a.mail) = lower(mail_message.to_address)))`;

/** Where a mail went and what became of it. */
export async function findDelivery(tx: ReadTransaction, mailId: string): Promise<Delivery | undefined> {
  return await tx
    .selectFrom('mail_message')
    .select(['to_address as to', 'person_id as personId', 'state', isCurrent.as('current')])
    .where('id', '=', mailId)
    .executeTakeFirst();
}

/** 不達, with the code of the server and no word of its own. */
export async function markBounced(tx: WriteTransaction, mailId: string, news: { reason: string; at: Date }): Promise<void> {
  await tx
    .updateTable('mail_message')
    .set({ state: 'bounced', last_error: news.reason, bounced_at: news.at })
    .where('id', '=', mailId)
    .execute();
}

/** Marks all accounts whose address does not work; answers with them. */
export async function markAccounts(tx: WriteTransaction, address: string, at: Date): Promise<string[]> {
  const rows = await tx
    .updateTable('account')
    .set({ mail_bounced_at: at })
    .where(sql<boolean>`lower(mail) = lower(${address})`)
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

type Owner = { to: string; personId: string | null; accountIds: readonly string[] };

/** Marks the doctors who have this address as their own now; answers with them. */
export async function markPersons(tx: WriteTransaction, owner: Owner, at: Date): Promise<string[]> {
  const rows = await tx
    .updateTable('person')
    .set({ mail_bounced_at: at })
    .where(sql<boolean>`(id = ${owner.personId}::uuid OR account_id = ANY(${owner.accountIds}::uuid[]))`)
    .where(sql<boolean>`lower(mail) = lower(${owner.to})`)
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}
