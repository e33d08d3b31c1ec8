import type { Day } from '#kernel/day.ts';
import { dayOfInstant } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Pause, ReminderMark } from './clock.ts';
import type { ApplicationKind } from './flow.ts';
import { stepHoldsCase } from './list.store.server.ts';
import { kindOf } from './store.server.ts';

/** SQL of the reminders to offices (`rules.md 3.13`, M-41). */

/** Steps that lie with an office, ▲ already, and have not had both reminders: no other step can be due. */
const candidates = (today: Day): RawBuilder<boolean> => sql<boolean>`${stepHoldsCase('s')}
  AND s.late_on <= ${today} AND NOT EXISTS (SELECT FROM step_reminder r WHERE r.step_id = s.id AND r.mark = 2)`;

/** Associations that may have something due and have had no mail today. */
export async function listOfficesToAsk(tx: ReadTransaction, today: Day): Promise<number[]> {
  const rows = await tx
    .selectFrom('association as a')
    .select('a.id')
    .where(sql<boolean>`EXISTS (SELECT FROM application_step s WHERE s.association_id = a.id AND ${candidates(today)})`)
    .where(sql<boolean>`NOT EXISTS (SELECT FROM step_reminder r WHERE r.association_id = a.id AND r.sent_on = ${today})`)
    .orderBy('a.id')
    .execute();
  return rows.map((row) => row.id);
}

/** True when the office has had its mail of the day. */
export async function hadMailOn(tx: ReadTransaction, associationId: number, today: Day): Promise<boolean> {
  const row = await tx
    .selectFrom('step_reminder')
    .select('step_id')
    .where('association_id', '=', associationId)
    .where('sent_on', '=', today)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export type WaitingStep = {
  stepId: string;
  applicationId: string;
  number: string;
  kind: ApplicationKind;
  reachedOn: Day;
  clockFrom: Day;
  pausedDays: number;
  reminderDays: number;
  had: number[];
};

/** At most so many steps of one office are looked at in one run; the others follow on the next day. */
const mostSteps = 5000;

/** The candidates of one office, oldest first. */
export async function listWaitingSteps(tx: ReadTransaction, associationId: number, today: Day): Promise<WaitingStep[]> {
  const rows = await tx
    .selectFrom('application_step as s')
    .innerJoin('application as a', 'a.id', 's.application_id')
    .select([
      's.id',
      's.application_id',
      'a.number',
      'a.kind',
      's.reached_on',
      's.clock_from',
      's.paused_days',
      's.reminder_days',
      sql<number[]>`ARRAY(SELECT r.mark FROM step_reminder r WHERE r.step_id = s.id)`.as('had'),
    ])
    .where('s.association_id', '=', associationId)
    .where(candidates(today))
    .where('a.state', '<>', 'returned')
    .orderBy('s.late_on')
    .orderBy('s.application_id')
    .limit(mostSteps)
    .execute();
  return rows.flatMap((row) =>
    row.reached_on === null || row.clock_from === null
      ? []
      : [
          {
            stepId: row.id,
            applicationId: row.application_id,
            number: row.number ?? '',
            kind: kindOf(row.kind),
            reachedOn: row.reached_on,
            clockFrom: row.clock_from,
            pausedDays: row.paused_days,
            reminderDays: row.reminder_days,
            had: row.had,
          },
        ],
  );
}

/** When these cases were with their applicants, by application. */
export async function listPauses(tx: ReadTransaction, applicationIds: readonly string[]): Promise<Map<string, Pause[]>> {
  const pauses = new Map<string, Pause[]>();
  if (applicationIds.length === 0) return pauses;
  const rows = await sql<{ id: string; returnedAt: Date; resentAt: Date }>`
    SELECT x.application_id AS id, x.at AS "returnedAt", x.next AS "resentAt" FROM (
      SELECT application_id, action, at, lead(at) OVER (PARTITION BY application_id ORDER BY id) AS next FROM application_action
      WHERE application_id = ANY (${sql.val([...applicationIds])}::uuid[]) AND action IN ('return', 'resubmit')
    ) x WHERE x.action = 'return' AND x.next IS NOT NULL`.execute(tx);
  for (const row of rows.rows) {
    const pause = { from: dayOfInstant(row.returnedAt), to: dayOfInstant(row.resentAt) };
    pauses.set(row.id, [...(pauses.get(row.id) ?? []), pause]);
  }
  return pauses;
}

/** Notes that a step was named in a reminder; the key lets no second one through. */
export async function insertReminders(
  tx: WriteTransaction,
  rows: readonly { stepId: string; mark: ReminderMark; associationId: number; sentOn: Day }[],
): Promise<void> {
  await tx
    .insertInto('step_reminder')
    .values(rows.map((row) => ({ step_id: row.stepId, mark: row.mark, association_id: row.associationId, sent_on: row.sentOn })))
    .execute();
}
