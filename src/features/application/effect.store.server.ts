import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { ApplicationKind } from './flow.ts';
import { kindOf } from './store.server.ts';

/** SQL of days of effect: what the ledger says that a case makes true, and when (`rules.md 2.4`). */

/** The event `e` of the ledger is neither annulled nor superseded. */
export const liveEvent = sql<boolean>`e.kind <> 'annulled' AND NOT EXISTS (SELECT FROM membership_event x WHERE x.supersedes = e.id)`;

/** Our own step has something in the ledger that is not true yet: 効力発生日待ち. */
export function stepAhead(scope: { associationId: number; today: Day }): RawBuilder<boolean> {
  return sql<boolean>`s.id IN (SELECT e.application_step_id FROM membership_event e
    WHERE e.association_id = ${scope.associationId} AND e.effective_on > ${scope.today} AND e.application_step_id IS NOT NULL AND ${liveEvent})`;
}

/** The nearest day to come of the step `s`; null when everything is true already or nothing is decided. */
export function stepAheadOn(today: Day): RawBuilder<Day | null> {
  return sql<Day | null>`(SELECT min(e.effective_on) FROM membership_event e
    WHERE e.person_id = s.person_id AND e.association_id = s.association_id AND e.application_step_id = s.id AND e.effective_on > ${today} AND ${liveEvent})`;
}

/** The nearest day to come of one office's part in a case. */
export async function findAheadOn(
  tx: ReadTransaction,
  ask: { applicationId: string; associationId: number; today: Day },
): Promise<Day | undefined> {
  const rows = await tx
    .selectFrom('application_step as s')
    .select(stepAheadOn(ask.today).as('on'))
    .where('s.application_id', '=', ask.applicationId)
    .where('s.association_id', '=', ask.associationId)
    .execute();
  return rows
    .flatMap((row) => row.on ?? [])
    .sort()
    .at(0);
}

export type Effective = {
  applicationId: string;
  kind: ApplicationKind;
  personId: string;
  associationId: number;
  deed: string;
  on: Day;
  category: string | null;
  decidedAt: Date | null;
};

/** What cases make true from one day to another, both included, association by association; with the instant of the decision. */
export async function listEffective(tx: ReadTransaction, ask: { from: Day; to: Day; applicationId?: string }): Promise<Effective[]> {
  const one = ask.applicationId === undefined ? sql`true` : sql`s.application_id = ${ask.applicationId}`;
  const found = await sql<Omit<Effective, 'kind'> & { kind: string }>`
    SELECT s.application_id AS "applicationId", a.kind, a.person_id AS "personId", e.association_id AS "associationId",
      coalesce(e.corrected_kind, e.kind) AS deed, e.effective_on AS "on", c.name AS category,
      coalesce(CASE WHEN s.state = 'approved' THEN s.decided_at END,
        (SELECT max(d.decided_at) FROM application_step d WHERE d.application_id = s.application_id AND d.role = 'decide')) AS "decidedAt"
    FROM association o
    CROSS JOIN LATERAL (SELECT * FROM membership_event m
      WHERE m.association_id = o.id AND m.effective_on BETWEEN ${ask.from} AND ${ask.to} AND m.application_step_id IS NOT NULL OFFSET 0) e
    JOIN application_step s ON s.id = e.application_step_id
    JOIN application a ON a.id = s.application_id
    LEFT JOIN member_category c ON c.id = e.category_id
    WHERE ${liveEvent} AND ${one}
    ORDER BY e.effective_on, s.application_id, s.ordinal, e.id`.execute(tx);
  return found.rows.map((row) => ({ ...row, kind: kindOf(row.kind) }));
}

/** Of these keys the ones under which a mail has been queued already. */
export async function listQueued(tx: ReadTransaction, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const rows = await tx
    .selectFrom('mail_message')
    .select('dedupe_key')
    .where('dedupe_key', '=', sql<string>`ANY (${sql.val([...keys])}::text[])`)
    .execute();
  return rows.map((row) => row.dedupe_key);
}
