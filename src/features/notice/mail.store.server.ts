import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import { areMailsPending } from './flow.ts';
import type { NoticeRow } from './store.server.ts';

/** SQL of M-54: who gets a mail, how far the mails of a notice have gone. Asked by jobs, but for `stopMails`. */

/** Notices whose mails should have gone. */
export async function listMailDue(tx: ReadTransaction, now: Date): Promise<string[]> {
  const rows = await tx
    .selectFrom('notice')
    .select('id')
    .where('state', '=', 'published')
    .where('mail_state', 'in', ['waiting', 'sending'])
    .where('mail_at', '<=', now)
    .orderBy('mail_at')
    .orderBy('id')
    .limit(100)
    .execute();
  return rows.map((row) => row.id);
}

export type MailPlace = { after: string; waiting: boolean };

/** How far the mails of a notice have gone; `waiting` while there are more to come. */
export async function findMailPlace(tx: ReadTransaction, id: string): Promise<MailPlace | undefined> {
  const row = await tx
    .selectFrom('notice')
    .select(['mail_after as after', 'mail_state as state'])
    .where('id', '=', id)
    .where('state', '=', 'published')
    .executeTakeFirst();
  return row === undefined ? undefined : { after: row.after, waiting: areMailsPending(row.state) };
}

type Audience = Pick<NoticeRow, 'associationId' | 'target' | 'condition'>;
type Portion = { on: Day; after: string; most: number };

/** The next readers in the order of their ids. */
export async function nextReaders(
  tx: ReadTransaction,
  { associationId, target, condition }: Audience,
  portion: Portion,
): Promise<string[]> {
  const beyond = portion.after === '' ? null : portion.after;
  const found = await sql<{ id: string }>`SELECT id FROM notice_readers(${associationId}, ${target}, ${JSON.stringify(condition)}::jsonb,
    ${portion.on}::date, ${beyond}::uuid, ${portion.most}) AS r(id)`.execute(tx);
  return found.rows.map((row) => row.id);
}

export type Addressee = { personId: string; mail: string; name: string };

/** Of these persons the ones who can be written to: with an address, alive. */
export async function addresseesOf(tx: ReadTransaction, personIds: readonly string[]): Promise<Addressee[]> {
  if (personIds.length === 0) return [];
  const found = await sql<Addressee>`SELECT p.id AS "personId", p.mail, p.surname || ' ' || p.given_name AS name FROM person p
    WHERE p.id = ANY (${sql.val([...personIds])}::uuid[]) AND p.mail IS NOT NULL AND p.mail <> '' AND p.died_on IS NULL ORDER BY p.id`.execute(
    tx,
  );
  return found.rows;
}

/** The associations below one, in the order of their numbers. */
export async function nextOffices(tx: ReadTransaction, { associationId }: Audience, portion: Portion): Promise<number[]> {
  const found = await sql<{ id: number }>`SELECT id FROM unnest(associations_below(${associationId}, ${portion.on}::date)) AS b(id)
    WHERE id > ${portion.after === '' ? -1 : Number(portion.after)} ORDER BY id LIMIT ${portion.most}`.execute(tx);
  return found.rows.map((row) => row.id);
}

/** Notes how far the mails have gone. */
export async function keepMailPlace(
  tx: WriteTransaction,
  id: string,
  place: { after: string; sent: number; done: boolean },
): Promise<void> {
  await tx
    .updateTable('notice')
    .set(({ eb }) => ({ mail_after: place.after, mail_state: place.done ? 'done' : 'sending', mailed: eb('mailed', '+', place.sent) }))
    .where('id', '=', id)
    .execute();
}

/** Mails of a notice that are queued and not sent never go; how many they were. */
export async function stopMails(tx: WriteTransaction, id: string): Promise<number> {
  const found = await sql<{ stopped: number }>`SELECT notice_stop_mails(${id}::uuid) AS stopped`.execute(tx);
  return found.rows[0]?.stopped ?? 0;
}

/** Running notices with readers who are counted, beyond one of them. */
export async function listToRecount(tx: ReadTransaction, ask: { on: Day; after: string; limit: number }): Promise<string[]> {
  let rows = tx
    .selectFrom('notice')
    .select('id')
    .where('state', '=', 'published')
    .where('target', '<>', 'public')
    .where((where) => where.or([where('ends_on', 'is', null), where('ends_on', '>=', ask.on)]));
  if (ask.after !== '') rows = rows.where('id', '>', ask.after);
  return await rows
    .orderBy('id')
    .limit(ask.limit)
    .execute()
    .then((found) => found.map((row) => row.id));
}

/** Keeps the number of readers of a notice. */
export async function keepReaders(tx: WriteTransaction, id: string, readers: number | null): Promise<void> {
  await tx.updateTable('notice').set({ readers }).where('id', '=', id).execute();
}
