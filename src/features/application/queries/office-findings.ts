import type { Day } from '#kernel/day.ts';
import type { FeeWaiver } from '#kernel/fee-period.ts';
import { crossesFeePeriod } from '#kernel/fee-period.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import type { Leg } from '../flow.ts';
import { findingTexts } from '../messages.ts';
import { isYearAhead } from '../rules.ts';

/** 注意 on top of a case (`screens.md O-05`): what a hurried reader must not overlook. Pure. */

export type FindingsQuestion = {
  today: Day;
  wishedOn: Day | null;
  /** Dates that associations of the case have decided, lowest first, each with its side and the wish for that side. */
  decided: readonly { on: Day; leg: Leg; wishedOn: Day | null }[];
  namesake: boolean;
  /** The licence number is registered for somebody else too. */
  claimed: boolean;
  /** Earlier memberships in our own association that have ended. */
  leavings: readonly { leftOn: Day; reason: string }[];
  waiver: FeeWaiver | undefined;
};

function dateFindings({ today, wishedOn, decided }: FindingsQuestion): string[] {
  const dates = decided.map(({ on }) => on);
  const ahead = (wishedOn === null ? dates : [wishedOn, ...dates]).some((date) => isYearAhead(date, today));
  // The two sides of a 異動 differ by nature: 退会 on 3/31 and 入会 on 4/1 are as they should be (`rules.md 3.6`).
  const differ = decided.some(({ on, leg }) => decided.some((other) => other.leg === leg && other.on !== on));
  return [
    ...(differ ? [findingTexts.datesDiffer] : []),
    ...(decided.some((one) => one.wishedOn !== null && crossesFeePeriod(one.wishedOn, one.on)) ? [findingTexts.crossesFeePeriod] : []),
    ...(ahead ? [findingTexts.farFuture] : []),
  ];
}

function waiverFinding(waiver: FeeWaiver | undefined): string[] {
  if (waiver?.waived !== true) return [];
  return [waiver.until === undefined ? findingTexts.waived : findingTexts.waivedUntil(formatDayPlain(waiver.until))];
}

/** The findings in the order of `screens.md`. */
export function caseFindings(question: FindingsQuestion): string[] {
  return [
    ...(question.namesake ? [findingTexts.namesake] : []),
    ...(question.claimed ? [findingTexts.claimed] : []),
    ...dateFindings(question),
    ...question.leavings.map(({ leftOn, reason }) => findingTexts.leftBefore(formatDayPlain(leftOn), reason)),
    ...waiverFinding(question.waiver),
  ];
}
