import type { Day } from '#kernel/day.ts';
import { addDays, dayOfInstant } from '#kernel/day.ts';
import type { GuidanceWay } from './fields.ts';

/** マイページの案内 (`screens.md O-08`): to whom, how, and how often. Pure. */

export type GuidanceTarget = {
  /** He has a login of his own. */
  registered: boolean;
  died: boolean;
  /** Whether his contact data are kept from the office; then it does not write to him either. */
  faded: boolean;
  /** A mail address of which nothing bad is known. */
  mail: boolean;
  address: boolean;
};

/** How an office writes to him: by mail where it can, otherwise on paper; undefined where there is nothing to offer. */
export function guidanceWay({ registered, died, faded, mail, address }: GuidanceTarget): GuidanceWay | undefined {
  if (registered || died || faded) return undefined;
  if (mail) return 'mail';
  return address ? 'letter' : undefined;
}

/** The first day of the next one; undefined when it may go today. `days` as the system's settings say. */
export function waitsUntil(lastAt: Date | null, { today, days }: { today: Day; days: number }): Day | undefined {
  const next = lastAt === null ? today : addDays(dayOfInstant(lastAt), days);
  return next > today ? next : undefined;
}
