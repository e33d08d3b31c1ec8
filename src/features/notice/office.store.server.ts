import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { NoticeState, ShownState } from './flow.ts';
import { noticeStateOf } from './flow.ts';
import type { NoticeTarget, OfficeFilter } from './schema.ts';
import { noticeTargets } from './schema.ts';

/** SQL of the list お知らせ管理 (`screens.md O-16`). */

export type OfficeLine = {
  id: string;
  title: string;
  category1: string;
  category2: string;
  target: NoticeTarget | null;
  state: NoticeState;
  startsOn: Day | null;
  endsOn: Day | null;
  important: boolean;
  readers: number | null;
  writerName: string;
};

type Raw = Omit<OfficeLine, 'target' | 'state'> & { target: string | null; state: string };

type Scope = { associationId: number; today: Day };

/** The states of lists as conditions; the same as `shownState`. */
function stateCondition(state: ShownState, today: Day): RawBuilder<unknown> {
  const byState: Readonly<Record<ShownState, RawBuilder<unknown>>> = {
    draft: sql`n.state = 'draft'`,
    scheduled: sql`n.state = 'published' AND n.starts_on > ${today} AND (n.ends_on IS NULL OR n.ends_on >= ${today})`,
    running: sql`n.state = 'published' AND n.starts_on <= ${today} AND (n.ends_on IS NULL OR n.ends_on >= ${today})`,
    over: sql`n.state <> 'draft' AND (n.state = 'ended' OR n.ends_on < ${today})`,
  };
  return byState[state];
}

function conditions({ title, category, state }: OfficeFilter, { associationId, today }: Scope): RawBuilder<unknown> {
  const given = [
    sql`n.association_id = ${associationId}`,
    title === '' ? undefined : sql`position(fold_name(${title}) IN fold_name(n.title)) > 0`,
    category === undefined ? undefined : sql`(n.category1_id = ${category} OR n.category2_id = ${category})`,
    state === '' ? undefined : stateCondition(state, today),
  ].filter((one) => one !== undefined);
  return sql.join(given, sql` AND `);
}

/** One page of an office's notices, newest first or by 掲載期間, and how many there are. */
export async function listOfOffice(
  tx: ReadTransaction,
  scope: Scope,
  ask: { filter: OfficeFilter; limit: number },
): Promise<{ rows: OfficeLine[]; count: number }> {
  const { filter, limit } = ask;
  const key = filter.sort === '' ? sql`n.created_at` : sql`coalesce(n.starts_on, 'infinity'::date)`;
  const backwards = filter.before !== '';
  const from = backwards ? filter.before : filter.after;
  const down = (filter.sort !== 'period') !== backwards;
  const place =
    from === '' ? sql`true` : sql`(${key}, n.id) ${down ? sql`<` : sql`>`} (SELECT ${key}, n.id FROM notice n WHERE n.id = ${from}::uuid)`;
  const way = down ? sql`DESC` : sql`ASC`;
  const found =
    await sql<Raw>`SELECT n.id, n.title, coalesce(c.name, '') AS category1, coalesce(d.name, '') AS category2, n.target, n.state,
      n.starts_on AS "startsOn", n.ends_on AS "endsOn", n.important, n.readers, n.writer_name AS "writerName"
    FROM notice n LEFT JOIN notice_category c ON c.id = n.category1_id LEFT JOIN notice_category d ON d.id = n.category2_id
    WHERE ${conditions(filter, scope)} AND ${place} ORDER BY ${key} ${way}, n.id ${way} LIMIT ${limit}`.execute(tx);
  const total = await sql<{ count: number }>`SELECT count(*)::int AS count FROM notice n WHERE ${conditions(filter, scope)}`.execute(tx);
  const rows = found.rows.map((row) => ({
    ...row,
    state: noticeStateOf(row.state),
    target: noticeTargets.find((one) => one === row.target) ?? null,
  }));
  return { rows: backwards ? rows.toReversed() : rows, count: total.rows[0]?.count ?? 0 };
}
