import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';

/**
 * SQL of お知らせ for those who read them. Row-level security alone says which notices are somebody's, by the memberships of
 * the day (`notice_scope`); what stands here narrows by period and conditions and finds them by index.
 */

/** Who reads: a doctor, a lower office, or an 外部委託先 at an office; a visitor without login has no marks. */
export type ReaderKind = 'doctor' | 'office' | 'contractor';

export type ReaderLine = {
  id: string;
  associationId: number;
  association: string;
  title: string;
  category1: string;
  category2: string;
  startsOn: Day;
  important: boolean;
  read: boolean;
};

type Conditions = {
  category?: string;
  from?: number | undefined;
  since?: Day | undefined;
  until?: Day | undefined;
  unread?: boolean;
};

/** Associations whose notices may concern the reader. */
const reach: Readonly<Record<ReaderKind, RawBuilder<unknown>>> = {
  doctor: sql`(n.association_id = ANY ((SELECT ctx_memberships() || ctx_members_above())::int[]) OR n.target = 'allDoctors')`,
  office: sql`((n.association_id = ANY ((SELECT ctx_offices_above())::int[]) AND n.target IN ('lowerOffices', 'public'))
    OR (n.target = 'allOffices' AND n.association_id <> ALL ((SELECT ctx_associations())::int[])))`,
  // What the office is told from above, and what his own association tells everybody.
  contractor: sql`((n.association_id = ANY ((SELECT ctx_offices_above() || ctx_contractor())::int[]) AND n.target IN ('lowerOffices', 'public'))
    OR n.target = 'allOffices')`,
};

const isRead: Readonly<Record<ReaderKind, RawBuilder<boolean>>> = {
  doctor: sql<boolean>`EXISTS (SELECT FROM notice_read r WHERE r.notice_id = n.id AND r.person_id = (SELECT ctx_person()))`,
  office: sql<boolean>`EXISTS (SELECT FROM notice_office_read r WHERE r.notice_id = n.id AND r.association_id = ANY ((SELECT ctx_associations())::int[]))`,
  contractor: sql<boolean>`EXISTS (SELECT FROM notice_account_read r WHERE r.notice_id = n.id AND r.account_id = (SELECT ctx_account()))`,
};

const running = (today: Day) => sql`n.state = 'published' AND n.starts_on <= ${today} AND (n.ends_on IS NULL OR n.ends_on >= ${today})`;

function source(kind: ReaderKind, today: Day): RawBuilder<unknown> {
  return sql`notice n
    JOIN association_version v ON v.association_id = n.association_id AND v.starts_on <= ${today} AND (v.ends_on IS NULL OR v.ends_on >= ${today})
    JOIN notice_category c ON c.id = n.category1_id LEFT JOIN notice_category d ON d.id = n.category2_id
    WHERE ${reach[kind]} AND ${running(today)}`;
}

function narrowed(kind: ReaderKind, { category = '', from, since, until, unread = false }: Conditions): RawBuilder<unknown> {
  const given = [
    category === '' ? undefined : sql`(c.name = ${category} OR d.name = ${category})`,
    from === undefined ? undefined : sql`n.association_id = ${from}`,
    since === undefined ? undefined : sql`n.starts_on >= ${since}`,
    until === undefined ? undefined : sql`n.starts_on <= ${until}`,
    unread ? sql`NOT ${isRead[kind]}` : undefined,
  ].filter((one) => one !== undefined);
  return sql.join([sql`true`, ...given], sql` AND `);
}

const columns = (kind: ReaderKind) => sql`n.id, n.association_id AS "associationId", v.name AS association, n.title, c.name AS category1,
  coalesce(d.name, '') AS category2, n.starts_on AS "startsOn", n.important, ${isRead[kind]} AS read`;

export type ReaderPageAsk = { kind: ReaderKind; today: Day; conditions: Conditions; before: string; after: string; limit: number };

/** Rows beyond a notice, newest first; with `before` those that stand above it. */
export async function listForReader(tx: ReadTransaction, ask: ReaderPageAsk): Promise<ReaderLine[]> {
  const { kind, today, conditions, before, after, limit } = ask;
  const backwards = before !== '';
  const from = backwards ? before : after;
  const place =
    from === ''
      ? sql`true`
      : sql`(n.starts_on, n.id) ${backwards ? sql`>` : sql`<`} (SELECT f.starts_on, f.id FROM notice f WHERE f.id = ${from}::uuid)`;
  const way = backwards ? sql`ASC` : sql`DESC`;
  const found = await sql<ReaderLine>`SELECT ${columns(kind)} FROM ${source(kind, today)} AND ${narrowed(kind, conditions)} AND ${place}
    ORDER BY n.starts_on ${way}, n.id ${way} LIMIT ${limit}`.execute(tx);
  return backwards ? found.rows.toReversed() : found.rows;
}

/** The newest ones for a top page; 重要 stand on top until they are read (`screens.md D-01`). */
export async function listNewest(tx: ReadTransaction, ask: { kind: ReaderKind; today: Day; limit: number }): Promise<ReaderLine[]> {
  const { kind, today, limit } = ask;
  const found = await sql<ReaderLine>`SELECT ${columns(kind)} FROM ${source(kind, today)}
    ORDER BY (n.important AND NOT ${isRead[kind]}) DESC, n.starts_on DESC, n.id DESC LIMIT ${limit}`.execute(tx);
  return found.rows;
}

export type ReaderFacets = { count: number; unread: number; categories: string[]; senders: { id: number; name: string }[] };

/** How many there are under the conditions, how many of all are unread, and what may be chosen in the filters. */
export async function facetsForReader(
  tx: ReadTransaction,
  ask: { kind: ReaderKind; today: Day; conditions: Conditions },
): Promise<ReaderFacets> {
  const { kind, today, conditions } = ask;
  const found = await sql<{
    name: string;
    category2: string;
    associationId: number;
    association: string;
    read: boolean;
    fits: boolean;
    count: number;
  }>`
    SELECT c.name, coalesce(d.name, '') AS category2, n.association_id AS "associationId", v.name AS association, ${isRead[kind]} AS read,
      ${narrowed(kind, conditions)} AS fits, count(*)::int AS count
    FROM ${source(kind, today)} GROUP BY 1, 2, 3, 4, 5, 6`.execute(tx);
  const { rows } = found;
  const sum = (some: typeof rows) => some.reduce((total, row) => total + row.count, 0);
  return {
    count: sum(rows.filter((row) => row.fits)),
    unread: sum(rows.filter((row) => !row.read)),
    categories: [...new Set(rows.flatMap((row) => [row.name, row.category2]))]
      .filter((name) => name !== '')
      .toSorted((a, b) => a.localeCompare(b, 'ja')),
    senders: [...new Map(rows.map((row) => [row.associationId, row.association]))]
      .map(([id, name]) => ({ id, name }))
      .toSorted((a, b) => a.id - b.id),
  };
}

export type PublicLine = { id: string; title: string; association: string; category: string; startsOn: Day };

/** The newest public notices, for anybody (`screens.md A-01`). */
export async function listPublic(tx: ReadTransaction, ask: { today: Day; limit: number }): Promise<PublicLine[]> {
  const { today, limit } = ask;
  const found =
    await sql<PublicLine>`SELECT n.id, n.title, v.name AS association, c.name AS category, n.starts_on AS "startsOn" FROM notice n
    JOIN association_version v ON v.association_id = n.association_id AND v.starts_on <= ${today} AND (v.ends_on IS NULL OR v.ends_on >= ${today})
    JOIN notice_category c ON c.id = n.category1_id
    WHERE n.target = 'public' AND ${running(today)} ORDER BY n.starts_on DESC, n.id DESC LIMIT ${limit}`.execute(tx);
  return found.rows;
}

/** Whose mark it is: the doctor's, the office's, or the 外部委託先's own. */
export type NoticeReader = { personId: string } | { associationId: number } | { accountId: string };

/** Notes that a notice has been read; a second time changes nothing. */
export async function keepRead(
  tx: WriteTransaction,
  { noticeId, reader, at }: { noticeId: string; reader: NoticeReader; at: Date },
): Promise<void> {
  if ('personId' in reader) {
    await tx
      .insertInto('notice_read')
      .values({ notice_id: noticeId, person_id: reader.personId, read_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return;
  }
  if ('accountId' in reader) {
    await tx
      .insertInto('notice_account_read')
      .values({ notice_id: noticeId, account_id: reader.accountId, read_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return;
  }
  await tx
    .insertInto('notice_office_read')
    .values({ notice_id: noticeId, association_id: reader.associationId, read_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Whether the reader of the context has read a notice. */
export async function hasRead(tx: ReadTransaction, kind: ReaderKind, id: string): Promise<boolean> {
  const found = await sql<{ read: boolean }>`SELECT ${isRead[kind]} AS read FROM notice n WHERE n.id = ${id}::uuid`.execute(tx);
  return found.rows[0]?.read ?? false;
}
