import type { Day } from '#kernel/day.ts';
import { addDays, dayOfInstant, laterDay } from '#kernel/day.ts';

/** When a draft that nobody touches ends (`screens.md D-06`, M-22). Pure. */

export type DraftTimes = { savedAt: Date; warnedOn: Day | null };
export type DraftPeriods = { draftDays: number; draftWarningDays: number };

/** The day on which the doctor is warned. */
export function draftWarningOn(draft: DraftTimes, periods: DraftPeriods): Day {
  return addDays(dayOfInstant(draft.savedAt), periods.draftWarningDays);
}

/** A warning of an earlier idle time does not count. */
function isWarned(draft: DraftTimes, periods: DraftPeriods): boolean {
  return draft.warnedOn !== null && draft.warnedOn >= draftWarningOn(draft, periods);
}

/** True when the warning is due today. */
export function mustWarn(draft: DraftTimes, ask: { periods: DraftPeriods; today: Day }): boolean {
  return !isWarned(draft, ask.periods) && draftWarningOn(draft, ask.periods) <= ask.today;
}

/**
 * 削除予定日, the first day on which it is gone: never sooner after the warning than the settings promise, even where the warning
 * came late because the system stood still.
 */
export function draftDeletionOn(draft: DraftTimes, ask: { periods: DraftPeriods; today: Day }): Day {
  const { periods, today } = ask;
  const regular = addDays(dayOfInstant(draft.savedAt), periods.draftDays);
  const warned = isWarned(draft, periods) ? draft.warnedOn : laterDay(draftWarningOn(draft, periods), today);
  return warned === null ? regular : laterDay(regular, addDays(warned, periods.draftDays - periods.draftWarningDays));
}

/** True when the draft is to be deleted today: idle long enough and warned. */
export function mustDelete(draft: DraftTimes, ask: { periods: DraftPeriods; today: Day }): boolean {
  return isWarned(draft, ask.periods) && draftDeletionOn(draft, ask) <= ask.today;
}
