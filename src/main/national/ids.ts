export type IdKind = 1 | 2 | 3 | 4 | 5 | 6;

/** Where the ids of a load begin, so that they look like those of version 7 with a time long ago. */
const firstId = 0x010000000000;

/**
 * Ids in the order of writing, so that the keys of a load grow like those of daily work. The number stands in the first
 * digits, as the time does in daily ids: GiST judges the distance of two ids by their beginnings.
 */
export function idOf(kind: IdKind, number: number): string {
  const hex = (firstId + number).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-00000000000${kind}`;
}

export const kinds = { facility: 1, person: 2, affiliation: 3, application: 4, step: 5, staff: 6 } as const;
