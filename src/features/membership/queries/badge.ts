import type { Day } from '#kernel/day.ts';
import { fullYearsBetween } from '#kernel/day.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { badgeText, isMemberOn, unbrokenSince } from '../rules.ts';
import { listPeriods } from '../store.server.ts';

export type Badge = {
  /** The highest association in force today, or 「医師会未加入」. */
  association: string;
  /** 「20年以上」; undefined without membership. */
  years: string | undefined;
};

/** The badge of the doctor's header (`screens.md 1.1`): years of the unbroken membership of his highest association. */
export async function badgeOf(tx: ReadTransaction, personId: string, today: Day): Promise<Badge> {
  const periods = await listPeriods(tx, personId);
  const current = periods.filter((period) => isMemberOn(period, today));
  const associations = await associationsById(tx, current.map((period) => period.associationId), today);
  const highest = associations.toSorted((a, b) => a.layer - b.layer)[0];
  if (highest === undefined) return { association: '医師会未加入', years: undefined };
  const since = unbrokenSince(periods.filter((period) => period.associationId === highest.id), today);
  return { association: highest.name, years: since === undefined ? undefined : badgeText(fullYearsBetween(since, today)) };
}
