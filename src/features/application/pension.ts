import type { Day } from '#kernel/day.ts';
import { yearsBefore } from '#kernel/day.ts';

/** 医師年金 (`rules.md 6`): a gap of about a year between two memberships of 日本医師会 is tolerated. Shown only. Pure. */

export type Pension =
  | { effect: 'none' }
  /** The membership ends: whoever comes back within the year keeps his place. */
  | { effect: 'leaves'; leftOn: Day }
  /** He comes back after an earlier leave. */
  | { effect: 'returns'; leftOn: Day; overYear: boolean };

/** What a leave from or a join to 日本医師会 means; `earlier` are the leaves of his earlier memberships there. */
export function pensionOf(jma: { deed: 'join' | 'leave' | 'change'; on: Day } | undefined, earlier: readonly Day[]): Pension {
  if (jma === undefined || jma.deed === 'change') return { effect: 'none' };
  if (jma.deed === 'leave') return { effect: 'leaves', leftOn: jma.on };
  const leftOn = earlier
    .filter((on) => on < jma.on)
    .toSorted()
    .at(-1);
  return leftOn === undefined ? { effect: 'none' } : { effect: 'returns', leftOn, overYear: leftOn < yearsBefore(jma.on, 1) };
}
