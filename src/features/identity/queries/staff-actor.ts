import type { Actor } from '#kernel/actor.ts';
import { dayOfInstant } from '#kernel/day.ts';
import type { Database } from '#platform/db/database.ts';
import { standingOf } from '../rules.ts';
import { findStaffHolder } from '../store.server.ts';

/**
 * The staff member in whose name a job works, as he stands now: undefined when account or 有効期間 have ended since he asked.
 * Rejects when the database cannot be asked.
 */
export async function staffActor(database: Database, who: { accountId: string; staffId: string; now: Date }): Promise<Actor | undefined> {
  const holder = await findStaffHolder(database.system, { accountId: who.accountId, staffId: who.staffId, today: dayOfInstant(who.now) });
  if (holder === undefined) return undefined;
  const standing = standingOf(holder);
  return 'barred' in standing ? undefined : standing.actor;
}
