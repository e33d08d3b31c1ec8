import { beginsWith } from '#platform/db/begins-with.ts';
import type { Day } from '#kernel/day.ts';
import { foldName } from '#kernel/fold-name.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Tally } from './member-tally.store.server.ts';
import { bounded } from './member-tally.store.server.ts';
import type { FacilityFilter } from './queries/facility-filter.ts';

/** SQL of 施設別一覧 (`screens.md O-14`): workplaces of the members of one association. */

export type FacilityScope = {
  associationId: number;
  on: Day;
  /** More memberships than one gathers for a page: the master is walked, and each facility asked who works there. */
  large: boolean;
};

export type FacilityLine = {
  id: string;
  name: string;
  kana: string;
  address: string;
  ownerType: string;
  /** Members who work there on the day. */
  members: number;
  /** Members who will come or go after the day. */
  moving: number;
  recordedAt: Date;
};

const ofDay = (on: Day) => sql`count(*) FILTER (WHERE h.starts_on <= ${on})::int AS members,
      count(*) FILTER (WHERE h.starts_on > ${on} OR h.ends_on IS NOT NULL)::int AS moving`;

const stillHere = ({ associationId, on }: FacilityScope) =>
  sql`h.association_id = ${associationId} AND (h.ends_on IS NULL OR h.ends_on >= ${on})`;

/** All workplaces of the association at once: what a few members need, and whatever asks for their numbers. */
function gathered(scope: FacilityScope): RawBuilder<unknown> {
  return sql`facility f JOIN (SELECT h.facility_id, ${ofDay(scope.on)}
    FROM membership_phase h WHERE ${stillHere(scope)} AND h.facility_id IS NOT NULL
    GROUP BY h.facility_id) n ON n.facility_id = f.id`;
}

/** One facility after the other, those without members left out: a page of a large association ends after a few. */
function walked(scope: FacilityScope): RawBuilder<unknown> {
  return sql`facility f JOIN LATERAL (SELECT ${ofDay(scope.on)}, count(*) AS here
    FROM membership_phase h WHERE ${stillHere(scope)} AND h.facility_id = f.id) n ON n.here > 0`;
}

/** Workplaces `f` with numbers `n`: where a member of ours works on the day or will work later. */
function workplaces(scope: FacilityScope, { membersFrom, membersTo, sort }: FacilityFilter): RawBuilder<unknown> {
  const numbers = membersFrom !== undefined || membersTo !== undefined || sort.key === 'members';
  return scope.large && !numbers ? walked(scope) : gathered(scope);
}

function conditions(filter: FacilityFilter): RawBuilder<unknown> {
  const fold = foldName(filter.name);
  const given = [
    fold === '' ? undefined : sql`(${beginsWith('f.name_fold', fold)} OR ${beginsWith('f.kana_fold', fold)})`,
    filter.city === '' ? undefined : sql`position(${filter.city} in f.address) > 0`,
    filter.typed ? sql`f.state = 'candidate'` : undefined,
    filter.ownerType === '' ? undefined : sql`f.owner_type = ${filter.ownerType}`,
    filter.membersFrom === undefined ? undefined : sql`n.members >= ${filter.membersFrom}`,
    filter.membersTo === undefined ? undefined : sql`n.members <= ${filter.membersTo}`,
  ].filter((one) => one !== undefined);
  return given.length === 0 ? sql`true` : sql.join(given, sql` AND `);
}

/** How many workplaces fit, bounded as all long lists are. */
export async function tallyFacilities(tx: ReadTransaction, scope: FacilityScope, filter: FacilityFilter): Promise<Tally> {
  const byName = { ...filter, sort: { key: 'name', direction: 'asc' } } as const;
  return await bounded(tx, sql`FROM ${workplaces(scope, byName)} WHERE ${conditions(filter)}`);
}

export type FacilityPageAsk = { filter: FacilityFilter; from: string; backwards: boolean; limit: number };

/** Workplaces beyond one of them in the order of the filter, nearest first; the id is the last key. */
export async function listFacilities(tx: ReadTransaction, scope: FacilityScope, ask: FacilityPageAsk): Promise<FacilityLine[]> {
  const { key, direction } = ask.filter.sort;
  const order = key === 'members' ? sql`n.members` : sql`f.name_fold`;
  const down = (direction === 'desc') !== ask.backwards;
  const beyond =
    ask.from === ''
      ? sql`true`
      : sql`(${order}, f.id) ${sql.raw(down ? '<' : '>')} (SELECT ${order}, f.id FROM ${workplaces(scope, ask.filter)} WHERE f.id = ${ask.from}::uuid)`;
  const way = sql.raw(down ? 'DESC' : 'ASC');
  const found = await sql<FacilityLine>`
    SELECT f.id, f.name, f.kana, f.address, f.owner_type AS "ownerType", n.members, n.moving, f.recorded_at AS "recordedAt"
    FROM ${workplaces(scope, ask.filter)} WHERE ${conditions(ask.filter)} AND ${beyond} ORDER BY ${order} ${way}, f.id ${way} LIMIT ${ask.limit}`.execute(
    tx,
  );
  return found.rows;
}

/** True when a member of the association works there, or has worked there. */
export async function isWorkplace(tx: ReadTransaction, associationId: number, facilityId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('membership_phase')
    .select('id')
    .where('facility_id', '=', facilityId)
    .where('association_id', '=', associationId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
