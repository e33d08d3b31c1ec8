import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import type { FacilityContent, FacilityField, FieldChange } from '#features/facility/fields.ts';
import { facilityFields } from '#features/facility/fields.ts';

/** What a proposal changes, and whether it still fits (`screens.md O-14`). Pure. */

/** The fields that differ from what stands now, in the order of the form. */
export function changesTo(present: FacilityContent, asked: FacilityContent): FieldChange[] {
  return facilityFields.flatMap((field) =>
    present[field] === asked[field] ? [] : [{ field, before: present[field], after: asked[field] }],
  );
}

/** A proposal fits while each of its fields still says what the proposer saw; changes of other fields do not disturb it. */
export function stillFits(present: FacilityContent, changes: readonly FieldChange[]): boolean {
  return changes.every(({ field, before }) => present[field] === before);
}

/** Codes that must be chosen from a list; what stands in the master already is not held against a proposal. */
export function unknownCodes(
  asked: FacilityContent,
  known: { prefectures: readonly string[]; owners: readonly string[]; present?: FacilityContent },
): FacilityField[] {
  const lists = { prefectureCode: known.prefectures, ownerType: known.owners } as const;
  return (['prefectureCode', 'ownerType'] as const).filter(
    (field) => !lists[field].includes(asked[field]) && known.present?.[field] !== asked[field],
  );
}

type Place = { id: number; layer: number };

/**
 * Who decides: the 都道府県医師会 above the association in whose area the facility lies, else that of its prefecture, else that of the
 * proposer, so that no proposal is without one.
 */
export function deciderOf(around: {
  facilityChain: readonly Place[];
  prefectural: Place | undefined;
  proposerChain: readonly Place[];
}): number | undefined {
  const second = (chain: readonly Place[]) => chain.find((one) => one.layer === 2)?.id;
  return second(around.facilityChain) ?? around.prefectural?.id ?? second(around.proposerChain);
}

/** Doctors who follow within the act itself: one transaction stays a matter of seconds. Where there are more, all follow by jobs. */
export const mostAtOnce = 1000;

/** Doctors whom one job carries over in one transaction. */
export const portion = 200;

const mostDaysAhead = 366;

/** What is wrong with the day of a merge; undefined when nothing is. */
export function mergeDayFault(on: Day, today: Day): 'past' | 'far' | undefined {
  if (on < today) return 'past';
  return on > addDays(today, mostDaysAhead) ? 'far' : undefined;
}

/** Of the two facilities of a report the one that closes, when the other stays; undefined where `stays` is neither. */
export function closingOf(both: { facilityId: string | null; otherId: string | null }, stays: string): string | undefined {
  if (both.facilityId === stays) return both.otherId ?? undefined;
  return both.otherId === stays ? (both.facilityId ?? undefined) : undefined;
}
