import type { Day } from '#kernel/day.ts';
import { daysBetween } from '#kernel/day.ts';
import { workingDaysBetween } from '#kernel/working-day.ts';

/**
 * How long a case has lain with an office (`rules.md 3.13`): the only measure of age. Days count from the first arrival;
 * days with the applicant do not count. The database keeps `clockFrom` and `lateOn` by the same rule.
 */
export type StepClock = {
  /** The day from which the age counts; null before the case came to the office. */
  clockFrom: Day | null;
  /** ▲ from this day on, by the reminder days of the settings that the case was submitted under. */
  lateOn: Day | null;
};

/** Days that the step has lain with its office. */
export function ageOn(clock: StepClock, today: Day): number {
  return clock.clockFrom === null ? 0 : Math.max(0, daysBetween(clock.clockFrom, today));
}

/** ▲. Callers ask only of a step that lies with its office. */
export function isLateOn(clock: StepClock, today: Day): boolean {
  return clock.lateOn !== null && clock.lateOn <= today;
}

/** The reminder days of the step's own settings. */
export function lateDaysOf(clock: StepClock): number | undefined {
  return clock.clockFrom === null || clock.lateOn === null ? undefined : daysBetween(clock.clockFrom, clock.lateOn);
}

/** From the day of 差戻し to the day of 再申請. */
export type Pause = { from: Day; to: Day };

/** Working days that the step has lain with its office, without those on which the case was with the applicant. */
export function workingAgeOn(step: { reachedOn: Day; pauses: readonly Pause[] }, today: Day): number {
  const paused = step.pauses
    .filter((pause) => pause.from >= step.reachedOn)
    .reduce((sum, pause) => sum + workingDaysBetween(pause.from, pause.to), 0);
  return workingDaysBetween(step.reachedOn, today) - paused;
}

/** M-41 comes at the reminder days and at twice as many, counted in working days. */
export type ReminderMark = 1 | 2;

/** The reminders that a step has reached and not had; after a time of standstill both at once, told in one mail. */
export function dueMarks(step: { workingAge: number; reminderDays: number; had: readonly number[] }): ReminderMark[] {
  const marks = [1, 2] as const;
  return marks.filter((mark) => step.workingAge >= mark * step.reminderDays && !step.had.includes(mark));
}
