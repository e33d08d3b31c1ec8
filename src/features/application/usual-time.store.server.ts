import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type { ApplicationKind } from './flow.ts';

/** SQL of 「目安」: how long offices usually take (`screens.md D-07`). */

/** Working days numbered one after the other; a day without work has the number of the working day before it. */
export type WorkingCalendar = { days: readonly Day[]; numbers: readonly number[] };

export type UsualTimeAsk = { since: Date; on: Day; calendar: WorkingCalendar };

/**
 * Counts anew, for every association and kind, the median working days from arrival to decision of what was decided since an
 * instant; days with the applicant do not count. Cases that arrived before the calendar begins are left out.
 */
export async function recountUsualTimes(tx: WriteTransaction, ask: UsualTimeAsk): Promise<number> {
  // The whole country's year is read at once, at night.
  await sql`SET LOCAL statement_timeout = '10min'`.execute(tx);
  await tx.deleteFrom('usual_time').execute();
  const { since, on, calendar } = ask;
  const done = await sql`
    WITH calendar AS MATERIALIZED (
      SELECT * FROM unnest(${sql.val([...calendar.days])}::date[], ${sql.val([...calendar.numbers])}::int[]) AS c (day, n)
    ), decided AS MATERIALIZED (
      SELECT s.application_id, s.association_id, s.reached_on, s.paused_days, (s.decided_at AT TIME ZONE 'Asia/Tokyo')::date AS decided_day
      FROM application_step s
      WHERE s.decided_at >= ${since} AND s.role = 'decide' AND s.state IN ('approved', 'rejected') AND s.reached_on IS NOT NULL
    ), pause AS MATERIALIZED (
      SELECT x.application_id, (x.at AT TIME ZONE 'Asia/Tokyo')::date AS began, b.n AS from_n, e.n AS to_n FROM (
        SELECT y.application_id, y.action, y.at, lead(y.at) OVER (PARTITION BY y.application_id ORDER BY y.id) AS until
        FROM application_action y
        WHERE y.action IN ('return', 'resubmit') AND y.application_id IN (SELECT d.application_id FROM decided d WHERE d.paused_days > 0)
      ) x
      JOIN calendar b ON b.day = (x.at AT TIME ZONE 'Asia/Tokyo')::date
      JOIN calendar e ON e.day = (x.until AT TIME ZONE 'Asia/Tokyo')::date
      WHERE x.action = 'return'
    ), measured AS (
      SELECT d.association_id, a.kind, greatest(0, f.n - r.n - coalesce((
          SELECT sum(p.to_n - p.from_n) FROM pause p
          WHERE d.paused_days > 0 AND p.application_id = d.application_id AND p.began BETWEEN d.reached_on AND d.decided_day
        ), 0)) AS days
      FROM decided d
      JOIN application a ON a.id = d.application_id
      JOIN calendar r ON r.day = d.reached_on
      JOIN calendar f ON f.day = d.decided_day
    )
    INSERT INTO usual_time (association_id, kind, working_days, cases, counted_on)
    SELECT association_id, kind, percentile_disc(0.5) WITHIN GROUP (ORDER BY days), count(*), ${on}::date
    FROM measured GROUP BY association_id, kind`.execute(tx);
  return Number(done.numAffectedRows ?? 0);
}

export type UsualTime = { associationId: number; workingDays: number; cases: number };

/** The kept medians of these associations for one kind of application. */
export async function listUsualTimes(
  tx: ReadTransaction,
  ask: { associationIds: readonly number[]; kind: ApplicationKind },
): Promise<UsualTime[]> {
  if (ask.associationIds.length === 0) return [];
  return await tx
    .selectFrom('usual_time')
    .select(['association_id as associationId', 'working_days as workingDays', 'cases'])
    .where('association_id', '=', sql<number>`ANY (${sql.val([...ask.associationIds])}::int[])`)
    .where('kind', '=', ask.kind)
    .execute();
}
