import { beginsWith } from '#platform/db/begins-with.ts';
import type { Day } from '#kernel/day.ts';
import { endOfDay, startOfDay } from '#kernel/day.ts';
import { foldNumber } from '#kernel/fold-input.ts';
import { foldName } from '#kernel/fold-name.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';

/** SQL of 操作履歴 (`screens.md O-18`): the acts of one office, newest first, by key. */

export type TrailRow = {
  id: string;
  at: Date;
  userName: string;
  /** The association whose power was used; null for the own. */
  onBehalfOf: string | null;
  action: string;
  result: string;
  purpose: string;
  /** What the act left behind: reasons, days, former and new values of settings. */
  detail: unknown;
  address: string;
  /** Doctors whose data were touched or seen. */
  people: number;
  /** The first of them, as far as the office may see them today. */
  subjects: string | null;
  /** 受付番号 when the act was about an application. */
  number: string | null;
  /** What else the act was about: a 事務局ユーザー, a notice, a file, a question, a facility. */
  targetName: string | null;
  firstPerson: string | null;
};

export type TrailScope = {
  associationId: number;
  from: Day;
  to: Day;
  /** Only acts of this account; スタッフ always ask for their own. */
  accountId: string | undefined;
  actions: readonly string[] | undefined;
  /** Only acts about one of these doctors. */
  personIds: readonly string[] | undefined;
};

function conditions(scope: TrailScope): RawBuilder<boolean> {
  const given = [
    sql<boolean>`e.association_id = ${scope.associationId}`,
    sql<boolean>`e.at >= ${startOfDay(scope.from)} AND e.at < ${endOfDay(scope.to)}`,
    scope.accountId === undefined ? undefined : sql<boolean>`e.account_id = ${scope.accountId}::uuid`,
    scope.actions === undefined ? undefined : sql<boolean>`e.action = ANY (${sql.val(scope.actions)}::text[])`,
    scope.personIds === undefined ? undefined : sql<boolean>`e.person_ids && ${sql.val([...scope.personIds])}::uuid[]`,
  ];
  return sql.join(
    given.filter((one) => one !== undefined),
    sql` AND `,
  );
}

/** The name of what was acted on, by the kind of act; as far as the office may see it today. */
const targetName = sql`CASE split_part(e.action, '.', 1)
  WHEN 'staff' THEN coalesce((SELECT m.surname || ' ' || m.given_name FROM staff_member m WHERE m.id = e.target::uuid),
    (SELECT i.surname || ' ' || i.given_name FROM staff_invitation i WHERE i.id = e.target::uuid))
  WHEN 'notice' THEN (SELECT n.title FROM notice n WHERE n.id = e.target::uuid)
  WHEN 'export' THEN (SELECT x.number FROM data_export x WHERE x.id = e.target::uuid)
  WHEN 'inquiry' THEN (SELECT q.number FROM inquiry q WHERE q.id = e.target::uuid)
  WHEN 'facility' THEN (SELECT f.name FROM facility f WHERE f.id = e.target::uuid) END`;

const isUuid = sql`e.target ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'`;

/** One page beyond (`after`) or before a record; older records come after newer ones, or the other way round. */
export async function listTrail(
  tx: ReadTransaction,
  scope: TrailScope,
  page: { after: string; before: string; limit: number; ascending?: boolean },
): Promise<TrailRow[]> {
  const backwards = page.before !== '';
  const key = backwards ? page.before : page.after;
  const ascending = page.ascending === true;
  const beside = backwards === ascending ? sql`<` : sql`>`;
  const place = key === '' ? sql`true` : sql`(e.at, e.id) ${beside} (SELECT k.at, k.id FROM audit_event k WHERE k.id = ${key}::bigint)`;
  const direction = backwards === ascending ? sql`DESC` : sql`ASC`;
  const shown = ascending ? sql`ASC` : sql`DESC`;
  const found = await sql<TrailRow>`
    WITH page AS (SELECT e.* FROM audit_event e WHERE ${conditions(scope)} AND ${place} ORDER BY e.at ${direction}, e.id ${direction} LIMIT ${page.limit})
    SELECT e.id::text AS id, e.at, e.actor_name AS "userName", e.action, e.result, e.purpose, e.detail, e.address,
      cardinality(e.person_ids) AS people, e.person_ids[1] AS "firstPerson",
      (SELECT v.name FROM association_version v WHERE v.association_id = e.on_behalf_of ORDER BY v.starts_on DESC LIMIT 1) AS "onBehalfOf",
      (SELECT string_agg(p.surname || ' ' || p.given_name, '、') FROM person p WHERE p.id = ANY (e.person_ids[1:3])) AS subjects,
      (SELECT a.number FROM application a WHERE ${isUuid} AND a.id = CASE WHEN ${isUuid} THEN e.target::uuid END) AS number,
      CASE WHEN ${isUuid} THEN ${targetName} END AS "targetName"
    FROM page e ORDER BY e.at ${shown}, e.id ${shown}`.execute(tx);
  return found.rows;
}

/** Records that fit, counted up to a limit. */
export async function countTrail(tx: ReadTransaction, scope: TrailScope, limit: number): Promise<number> {
  const found = await sql<{ count: number }>`
    SELECT count(*)::int AS count FROM (SELECT FROM audit_event e WHERE ${conditions(scope)} LIMIT ${limit}) t`.execute(tx);
  return found.rows[0]?.count ?? 0;
}

/** Doctors whom the office may see: of a licence number, or whose name or フリガナ begins like a text. */
export async function findPeople(tx: ReadTransaction, text: string, limit: number): Promise<string[]> {
  const number = foldNumber(text);
  if (/^\d+$/.test(number)) {
    const found = await tx.selectFrom('person_licence').select('person_id').where('number', '=', number).limit(1).execute();
    return found.map((row) => row.person_id);
  }
  const fold = foldName(text);
  const found = await sql<{ id: string }>`
    (SELECT p.id FROM person p WHERE ${beginsWith('p.name_fold', fold)} LIMIT ${limit})
    UNION (SELECT p.id FROM person p WHERE ${beginsWith('p.kana_fold', fold)} LIMIT ${limit}) LIMIT ${limit}`.execute(tx);
  return found.rows.map((row) => row.id);
}

/** People whose acts an office has on record, for the filter: everybody who is or was on its staff. */
export async function listUsers(tx: ReadTransaction, associationId: number): Promise<{ accountId: string; name: string }[]> {
  const rows = await tx
    .selectFrom('staff_member')
    .select(['account_id as accountId', 'surname', 'given_name as givenName'])
    .where('association_id', '=', associationId)
    .orderBy('surname_kana')
    .orderBy('given_name_kana')
    .orderBy('id')
    .limit(500)
    .execute();
  return rows.map((row) => ({ accountId: row.accountId, name: `${row.surname} ${row.givenName}` }));
}
