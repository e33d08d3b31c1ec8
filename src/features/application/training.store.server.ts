import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { DueTraining } from './training.ts';

/** SQL of C and A2C that end with clinical training (`rules.md 4.2`, M-23). */

/** The phase `h` is open and its category one for trainees. */
const traineePhase = sql<boolean>`h.ends_on IS NULL AND EXISTS (SELECT FROM member_category c WHERE c.id = h.category_id AND c.trainee)`;

/** The person `p` asks for a change already. */
const asksForChange = sql<boolean>`EXISTS (SELECT FROM application a
  WHERE a.person_id = p.id AND a.kind = 'change' AND a.state IN ('submitted', 'returned'))`;

/** True when a person holds a category for trainees without end and has not asked to change it. */
export async function isTraineeWithoutChange(tx: ReadTransaction, personId: string): Promise<boolean> {
  const found = await sql<{ id: string }>`SELECT p.id FROM person p WHERE p.id = ${personId} AND NOT ${asksForChange}
    AND EXISTS (SELECT FROM membership_phase h WHERE h.person_id = p.id AND ${traineePhase})`.execute(tx);
  return found.rows.length > 0;
}

/** Trainees `p` and the lowest association `f` of the affiliation, of whom that office has not been told this time. */
function untold(due: DueTraining): RawBuilder<unknown> {
  return sql`FROM person p JOIN membership_phase h ON h.person_id = p.id JOIN affiliation f ON f.id = h.affiliation_id
    WHERE p.training_ends_on = ${due.month} AND p.died_on IS NULL AND ${traineePhase} AND NOT ${asksForChange}
      AND NOT EXISTS (SELECT FROM training_notice n WHERE n.association_id = f.lowest_association_id AND n.person_id = p.id
        AND n.training_ends_on = p.training_ends_on AND n.mark >= ${due.mark})`;
}

/** Lowest associations with somebody to be told of. */
export async function listOfficesOfTrainees(tx: ReadTransaction, due: DueTraining): Promise<number[]> {
  const found = await sql<{ id: number }>`SELECT DISTINCT f.lowest_association_id AS id ${untold(due)} ORDER BY 1`.execute(tx);
  return found.rows.map((row) => row.id);
}

/** Of one office, at most so many at a time. */
export async function listTrainees(tx: ReadTransaction, at: { associationId: number; due: DueTraining; limit: number }): Promise<string[]> {
  const found = await sql<{ id: string }>`SELECT DISTINCT p.id ${untold(at.due)} AND f.lowest_association_id = ${at.associationId}
    ORDER BY 1 LIMIT ${at.limit}`.execute(tx);
  return found.rows.map((row) => row.id);
}

/** Notes of whom an office was told; the key lets no second one through. */
export async function insertTrainingNotices(
  tx: WriteTransaction,
  personIds: readonly string[],
  at: { associationId: number; due: DueTraining; on: Day },
): Promise<void> {
  const { month, mark } = at.due;
  const row = { association_id: at.associationId, training_ends_on: month, mark, told_on: at.on };
  await tx
    .insertInto('training_notice')
    .values(personIds.map((id) => ({ ...row, person_id: id })))
    .execute();
}
