import { facilitiesById } from '#features/facility/queries/facility.ts';
import { affiliationsOf, phasesOf } from '#features/membership/queries/standing.ts';
import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';

/** A place of work with an address; '' where the facility is not decided or not known. */
export type Workplace = { affiliationId: string; name: string; postalCode: string; address: string; fax: string; primary: boolean };

/** Where a doctor works now or will: the affiliations with a membership that has not ended, the 主たる one first. */
export async function workplacesOf(tx: ReadTransaction, personId: string, today: Day): Promise<Workplace[]> {
  const phases = (await phasesOf(tx, personId)).filter((phase) => phase.endsOn === null || phase.endsOn >= today);
  const live = new Set(phases.map((phase) => phase.affiliationId));
  const affiliations = (await affiliationsOf(tx, personId)).filter((one) => live.has(one.id));
  const facilities = await facilitiesById(
    tx,
    affiliations.flatMap((one) => one.facilityId ?? []),
  );
  const places = affiliations.map((one) => {
    const facility = facilities.find((row) => row.id === one.facilityId);
    return {
      affiliationId: one.id,
      name: one.facilityName ?? '',
      postalCode: facility?.postalCode ?? '',
      address: facility?.address ?? '',
      fax: facility?.fax ?? '',
      primary: one.isPrimary,
    };
  });
  return places.toSorted((a, b) => Number(b.primary) - Number(a.primary));
}
