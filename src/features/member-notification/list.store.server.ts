import type { Day } from '#kernel/day.ts';
import { endOfDay, startOfDay } from '#kernel/day.ts';
import { foldName } from '#kernel/fold-name.ts';
import { foldNumber } from '#kernel/fold-input.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { NotificationState } from './flow.ts';
import { firstState } from './flow.ts';
import { anyState } from './labels.ts';
import type { ListFilter } from './schema.ts';

/** SQL of the list of 会員関連通知 of one office, newest first, by key (`screens.md O-15`). */

export type NotificationRow = {
  id: string;
  at: Date;
  kind: string;
  deed: string;
  personId: string | null;
  name: string | null;
  kana: string | null;
  licence: string | null;
  applicationId: string | null;
  about: string | null;
  more: number;
  also: string[];
  on: Day | null;
  categoryBefore: string | null;
  categoryAfter: string | null;
  fields: string[];
  /** Before and after of a change of profile, as long as the office may see the person. */
  changes: unknown;
  source: string;
  sourceName: string | null;
  state: string;
  assignee: string | null;
};

type Conditions = Pick<ListFilter, 'kind' | 'member' | 'from' | 'to' | 'state'>;

/** Part of the name or フリガナ, or the whole 医籍登録番号; asked of the persons of the office's own rows, one by one. */
function memberCondition(text: string): RawBuilder<boolean> {
  const fold = foldName(text);
  const number = foldNumber(text);
  return sql<boolean>`(n.person_id IN (SELECT l.person_id FROM person_licence l WHERE l.number = ${number})
    OR (${fold} <> '' AND (SELECT position(${fold} in p.name_fold) > 0 OR position(${fold} in p.kana_fold) > 0 FROM person p WHERE p.id = n.person_id)))`;
}

function conditions(associationId: number, { kind, member, from, to, state }: Conditions): RawBuilder<boolean> {
  const given = [
    sql<boolean>`n.association_id = ${associationId}`,
    state === anyState ? undefined : sql<boolean>`n.state = ${state}`,
    kind === undefined ? undefined : sql<boolean>`n.kind = ${kind}`,
    from === undefined ? undefined : sql<boolean>`n.at >= ${startOfDay(from)}`,
    to === undefined ? undefined : sql<boolean>`n.at < ${endOfDay(to)}`,
    member === '' ? undefined : memberCondition(member),
  ];
  return sql.join(
    given.filter((one) => one !== undefined),
    sql` AND `,
  );
}

const nameOf = (column: RawBuilder<unknown>) =>
  sql`(SELECT v.name FROM association_version v WHERE v.association_id = ${column} ORDER BY v.starts_on <= (n.at AT TIME ZONE 'Asia/Tokyo')::date DESC, v.starts_on DESC LIMIT 1)`;

type Page = { filter: Conditions; ascending: boolean; before: string; after: string; limit: number };

/** One page beyond or before a row. */
export async function listNotifications(tx: ReadTransaction, associationId: number, page: Page): Promise<NotificationRow[]> {
  const backwards = page.before !== '';
  const key = backwards ? page.before : page.after;
  const upwards = page.ascending !== backwards;
  const place =
    key === ''
      ? sql`true`
      : sql`(n.at, n.id) ${upwards ? sql`>` : sql`<`} (SELECT k.at, k.id FROM member_notification k WHERE k.id = ${key}::uuid)`;
  const way = (up: boolean) => (up ? sql`ASC` : sql`DESC`);
  const found = await sql<NotificationRow>`
    WITH page AS (SELECT n.* FROM member_notification n WHERE ${conditions(associationId, page.filter)} AND ${place}
      ORDER BY n.at ${way(upwards)}, n.id ${way(upwards)} LIMIT ${page.limit})
    SELECT n.id, n.at, n.kind, n.deed, n.person_id AS "personId", p.surname || ' ' || p.given_name AS name,
      p.surname_kana || ' ' || p.given_name_kana AS kana, l.number AS licence, n.application_id AS "applicationId",
      ${nameOf(sql`n.about_association_id`)} AS about, n.more_associations AS more,
      ARRAY(SELECT ${nameOf(sql`x.id`)} FROM unnest(n.also_association_ids) WITH ORDINALITY AS x(id, place) ORDER BY x.place) AS also,
      n.effective_on AS "on", b.name AS "categoryBefore", c.name AS "categoryAfter", n.fields, g.changes, n.source,
      ${nameOf(sql`n.source_association_id`)} AS "sourceName", n.state, m.surname || ' ' || m.given_name AS assignee
    FROM page n LEFT JOIN person p ON p.id = n.person_id LEFT JOIN person_licence l ON l.person_id = n.person_id AND l.current
    LEFT JOIN member_category b ON b.id = n.before_category_id LEFT JOIN member_category c ON c.id = n.after_category_id
    LEFT JOIN staff_member m ON m.id = n.assignee_staff_id LEFT JOIN profile_change g ON g.id = n.profile_change_id
    ORDER BY n.at ${way(page.ascending)}, n.id ${way(page.ascending)}`.execute(tx);
  return found.rows;
}

/** Rows that fit, counted up to a limit. */
export async function countNotifications(
  tx: ReadTransaction,
  associationId: number,
  ask: { filter: Conditions; limit: number },
): Promise<number> {
  const found = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM (SELECT FROM member_notification n WHERE ${conditions(associationId, ask.filter)} LIMIT ${ask.limit}) t`.execute(
    tx,
  );
  return found.rows[0]?.count ?? 0;
}

/** Of these ids the ones that the office has, with their persons. */
export async function personsOf(
  tx: ReadTransaction,
  associationId: number,
  ids: readonly string[],
): Promise<{ id: string; personId: string | null }[]> {
  return await tx
    .selectFrom('member_notification')
    .select(['id', 'person_id as personId'])
    .where('association_id', '=', associationId)
    .where('id', '=', sql<string>`ANY (${sql.val([...ids])}::uuid[])`)
    .execute();
}

/** Moves rows on; how many moved. */
export async function moveStates(
  tx: WriteTransaction,
  associationId: number,
  move: { ids: readonly string[]; from: readonly NotificationState[]; to: NotificationState; at: Date },
): Promise<number> {
  const done = await tx
    .updateTable('member_notification')
    .set({ state: move.to, handled_at: move.at })
    .where('association_id', '=', associationId)
    .where('id', '=', sql<string>`ANY (${sql.val([...move.ids])}::uuid[])`)
    .where('state', 'in', [...move.from])
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}

/** Gives rows to somebody of the office, or to nobody. */
export async function putAssignees(
  tx: WriteTransaction,
  associationId: number,
  give: { ids: readonly string[]; staffId: string | null },
): Promise<void> {
  await tx
    .updateTable('member_notification')
    .set({ assignee_staff_id: give.staffId })
    .where('association_id', '=', associationId)
    .where('id', '=', sql<string>`ANY (${sql.val([...give.ids])}::uuid[])`)
    .execute();
}

/** What is unread and no M-44 has counted yet, by office and kind; from now on it is counted, whenever the last round was. */
export async function takeUntold(tx: WriteTransaction, at: Date): Promise<{ associationId: number; kind: string; count: number }[]> {
  const found = await sql<{ associationId: number; kind: string; count: number }>`
    WITH told AS (UPDATE member_notification n SET mailed_at = ${at} WHERE n.mailed_at IS NULL AND n.state = ${firstState}
      RETURNING n.association_id, n.kind)
    SELECT association_id AS "associationId", kind, count(*)::int AS count FROM told GROUP BY 1, 2 ORDER BY 1, 2`.execute(tx);
  return found.rows;
}
