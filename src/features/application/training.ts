import type { Day } from '#kernel/day.ts';
import { addDays, day, lastOfMonth } from '#kernel/day.ts';
import type { YearMonth } from '#kernel/year-month.ts';
import { isYearMonth } from '#kernel/year-month.ts';

/** C and A2C end with clinical training: doctor and office are told in time (`rules.md 4.2`, M-23). Pure. */

/** Days before the end on which one is told, and told again. */
export type TrainingNotice = { trainingNoticeDays: number; trainingNoticeAgainDays: number };

/** Which of the two notices: the first or the last. */
export type TrainingMark = 1 | 2;

/** The last day of a training that is known by its month. */
export function trainingEnd(month: YearMonth): Day {
  return lastOfMonth(day(`${month}-01`));
}

/** The category ends soon or has ended: time to move to B or A2B. */
export function isTrainingEnding(month: string | null, today: Day, notice: TrainingNotice): boolean {
  return isYearMonth(month) && addDays(trainingEnd(month), -notice.trainingNoticeDays) <= today;
}

export type DueTraining = { month: YearMonth; endsOn: Day; mark: TrainingMark };

/** The months whose end calls for a notice today; a missed day is made up for until the end itself. */
export function dueTrainings(today: Day, notice: TrainingNotice): DueTraining[] {
  const due: DueTraining[] = [];
  for (let on = lastOfMonth(today); addDays(on, -notice.trainingNoticeDays) <= today; on = lastOfMonth(addDays(on, 1))) {
    const month = on.slice(0, 7);
    if (isYearMonth(month)) due.push({ month, endsOn: on, mark: addDays(on, -notice.trainingNoticeAgainDays) <= today ? 2 : 1 });
  }
  return due;
}
