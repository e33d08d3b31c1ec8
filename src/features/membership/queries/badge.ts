import type { Day } from '#kernel/day.ts';
import { fullYearsBetween } from '#kernel/day.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { noMembershipText } from '../labels.ts';
import { badgeText, isMemberOn, unbrokenSince } from '../rules.ts';
import { listPeriods } from '../store.server.ts';

/** What the header says beside the doctor's name (`screens.md 1.1`). */
export type Badge = {
  /** 「日本医師会」, without it the highest association in force; 「医師会未加入」 for none. */
  association: string;
  /** 「20年以上」; undefined without membership. */
  years: string | undefined;
};

const noMembership: Badge = { association: noMembershipText, years: undefined };

/**
 * The highest membership in force on a day and the whole years since its unbroken beginning; a transfer to an association
 * of the same layer with contiguous dates does not break it.
 */
export async function badgeOf(tx: ReadTransaction, personId: string, today: Day): Promise<Badge> {
  const periods = await listPeriods(tx, personId);
  const current = new Set(periods.filter((period) => isMemberOn(period, today)).map((period) => period.associationId));
  const known = await associationsById(tx, [...new Set(periods.map((period) => period.associationId))], today);
  const highest = known
    .filter((one) => current.has(one.id))
    .reduce<{ id: number; layer: number; name: string } | undefined>(
      (best, one) => (best === undefined || one.layer < best.layer ? one : best),
      undefined,
    );
  if (highest === undefined) return noMembership;
  const since = unbrokenSince(
    periods.filter((period) => known.some((one) => one.id === period.associationId && one.layer === highest.layer)),
    today,
  );
  if (since === undefined) return noMembership;
  return { association: highest.name, years: badgeText(fullYearsBetween(since, today)) };
}
