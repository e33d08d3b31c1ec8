import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import type { FeeWaiver } from '#kernel/fee-period.ts';
import { crossesFeePeriod } from '#kernel/fee-period.ts';
import { formatDayPlain } from '#kernel/wareki.ts';

/** 注意 on top of a case (`screens.md O-05`): what a hurried reader must not overlook. Pure. */

export type FindingsQuestion = {
  today: Day;
  wishedOn: Day | null;
  /** Dates that associations of the case have decided, lowest first. */
  decided: readonly Day[];
  namesake: boolean;
  /** Earlier memberships in our own association that have ended. */
  leavings: readonly { leftOn: Day; reason: string }[];
  waiver: FeeWaiver | undefined;
};

function dateFindings({ today, wishedOn, decided }: FindingsQuestion): string[] {
  const dates = wishedOn === null ? decided : [wishedOn, ...decided];
  const ahead = dates.some((date) => date > addDays(today, 365));
  return [
    ...(new Set(decided).size > 1 ? ['層により日付が異なります'] : []),
    ...(wishedOn !== null && decided.some((date) => crossesFeePeriod(wishedOn, date)) ? ['期をまたぎます'] : []),
    ...(ahead ? ['1年以上先の日付です'] : []),
  ];
}

function waiverFinding(waiver: FeeWaiver | undefined): string[] {
  if (waiver?.waived !== true) return [];
  return [waiver.until === undefined ? '会費免除期間中です' : `会費免除期間中です(${formatDayPlain(waiver.until)}まで)`];
}

/** The findings in the order of `screens.md`. */
export function caseFindings(question: FindingsQuestion): string[] {
  return [
    ...(question.namesake ? ['同姓同名・同一生年月日の登録があります'] : []),
    ...dateFindings(question),
    ...question.leavings.map(({ leftOn, reason }) => `以前の退会:${formatDayPlain(leftOn)}${reason === '' ? '' : ` ${reason}`}`),
    ...waiverFinding(question.waiver),
  ];
}
