import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** SQL of cases whose office becomes another one by 合併 or 分割 (`screens.md J-02`). */

/** Cases in which an association still has something to do for a person, or that speak of a group which begins at it. */
export async function listCasesAt(tx: ReadTransaction, personId: string, associationId: number): Promise<string[]> {
  const found = await sql<{ id: string }>`
    SELECT application_id AS id FROM application_step
    WHERE person_id = ${personId}::uuid AND association_id = ${associationId} AND open AND state IN ('waiting', 'arrived', 'received', 'returned')
    UNION SELECT a.id FROM application a JOIN affiliation f ON f.id = a.affiliation_id
    WHERE a.person_id = ${personId}::uuid AND a.state IN ('submitted', 'returned') AND f.lowest_association_id = ${associationId}
    ORDER BY 1`.execute(tx);
  return found.rows.map((row) => row.id);
}

export type NewAddress = { id: string; version: number; now: Date; form: unknown; affiliationId: string | null; from: number; to: number };

/** The paper as it reads from now on. False when somebody was faster. */
export async function writeNewAddress(tx: WriteTransaction, one: NewAddress): Promise<boolean> {
  const done = await sql`
    UPDATE application SET form = ${JSON.stringify(one.form)}::jsonb, affiliation_id = ${one.affiliationId}::uuid,
      open_key = CASE WHEN open_key = ${`new:${one.from}`} THEN ${`new:${one.to}`}
        WHEN open_key = affiliation_id::text THEN coalesce(${one.affiliationId}::text, open_key) ELSE open_key END,
      version = version + 1, updated_at = ${one.now}
    WHERE id = ${one.id}::uuid AND version = ${one.version}`.execute(tx);
  return done.numAffectedRows === 1n;
}

type Readdressed = { id: string; from: number; to: number; settingsVersion: number; categories: ReadonlyMap<number, number> };

/** Hands the open steps over; gives their ids. Only the system may. */
export async function readdressSteps(tx: WriteTransaction, one: Readdressed): Promise<string[]> {
  const categories = JSON.stringify(Object.fromEntries(one.categories));
  const found = await sql<{ id: string }>`
    SELECT id FROM readdress_case(${one.id}::uuid, ${one.from}, ${one.to}, ${one.settingsVersion}, ${categories}::jsonb) AS id`.execute(tx);
  return found.rows.map((row) => row.id);
}
