import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { countMembersKnownAt, countMembersOn } from './member-count.store.server.ts';
import { everyoneOf } from './member-condition.store.server.ts';
import type { MemberScope } from './member-scope.store.server.ts';
import { periodsIn } from './member-scope.store.server.ts';
import { matching, periodOf } from './member.store.server.ts';
import type { MemberFilter } from './queries/member-filter.ts';
import { narrowing } from './queries/member-filter.ts';

/** How many persons a list of members has: exact where numbers are kept or few, bounded where counting would take long. */

/** Beyond this a list says 「10,000件以上」 and is not sorted by what no index holds. */
export const mostCounted = 10_000;

export type Tally = { members: number; orMore: boolean };

/** All memberships that an association has ever had. */
export async function membershipsEver(tx: ReadTransaction, associationId: number): Promise<number> {
  const found = await sql<{ count: number }>`SELECT memberships_ever(${associationId}) AS count`.execute(tx);
  return found.rows[0]?.count ?? 0;
}

/** Counts rows, `FROM …`, up to what a list says. */
export async function bounded(tx: ReadTransaction, rows: RawBuilder<unknown>): Promise<Tally> {
  const found = await sql<{ count: number }>`SELECT count(*) AS count FROM (SELECT 1 ${rows} LIMIT ${mostCounted + 1}) few`.execute(tx);
  const count = found.rows[0]?.count ?? 0;
  return { members: Math.min(count, mostCounted), orMore: count > mostCounted };
}

/** How many persons fit the filter, counted up to a limit. */
export async function countMatching(
  tx: ReadTransaction,
  scope: MemberScope,
  ask: { filter: MemberFilter; limit: number },
): Promise<number> {
  const found = await sql<{
    count: number;
  }>`SELECT count(*) AS count FROM (SELECT 1 ${matching(ask.filter, scope)} LIMIT ${ask.limit}) few`.execute(tx);
  return found.rows[0]?.count ?? 0;
}

/** How many persons fit the filter. `ever`: all memberships of the association. */
export async function tallyMembers(tx: ReadTransaction, scope: MemberScope, ask: { filter: MemberFilter; ever: number }): Promise<Tally> {
  const { filter, ever } = ask;
  if (narrowing(filter).length > 0) return await bounded(tx, matching(filter, scope));
  if (filter.status === 'current') {
    const here = [scope.associationId];
    const [row] =
      scope.knownAt === undefined
        ? await countMembersOn(tx, scope.on, here)
        : await countMembersKnownAt(tx, { ...scope, knownAt: scope.knownAt }, here);
    return { members: row?.members ?? 0, orMore: false };
  }
  if (filter.status === 'all') {
    // Twice as many memberships as are counted: whoever came back once does not bring the persons below.
    if (ever > 2 * mostCounted) return { members: mostCounted, orMore: true };
    return await bounded(tx, scope.knownAt === undefined ? sql`FROM (${everyoneOf(scope)}) everyone` : matching(filter, scope));
  }
  return await bounded(tx, sql`FROM ${periodsIn(scope)} m WHERE ${periodOf(filter.status, scope)}`);
}
