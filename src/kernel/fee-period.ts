/** 期 and 会費減免 (rules.md 6): shown to people, never collected. */
import { LAST_DAY, addDays, clampDay, day, daysBetween, earlierDay, fiscalYear, laterDay, partsOfDay } from './day.ts';
import type { Day } from './day.ts';
import { formatWareki } from './wareki.ts';
import type { YearMonth } from './year-month.ts';

export interface FeePeriod {
  readonly fiscalYear: number;
  readonly period: 1 | 2 | 3;
  /** `2026年度1期(4–7月)` */
  readonly label: string;
  readonly from: Day;
  readonly to: Day;
}

/** The rules of db/masters/fee_waivers.csv that the system can compute. */
export type FeeWaiverRule = 'FW01' | 'FW02' | 'FW03';

export interface FeeWaiverQuestion {
  /** 卒業年月 of the medical school; without it only the rule for trainees can apply. */
  readonly graduatedOn?: YearMonth | undefined;
  /** Last day of the clinical training, if known. */
  readonly trainingEndsOn?: Day | undefined;
  readonly isTrainee: boolean;
  /** The day for which is asked. */
  readonly on: Day;
}

export interface FeeWaiver {
  readonly waived: boolean;
  /** Last day of the waiver as far as it is known; absent when the end of the training is not known. */
  readonly until?: Day;
  /** In Japanese, for the screen. */
  readonly reason: string;
  readonly rules: readonly FeeWaiverRule[];
}

/** First days on which the rules hold (column valid_from of the master). */
const TRAINEE_SINCE = day('2015-04-01');
const GRADUATE_SINCE = day('2023-04-01');
const LATE_TRAINEE_SINCE = day('2026-04-01');
const WAIVED_FISCAL_YEARS = 5;

const GROUNDS: Readonly<Record<FeeWaiverRule, string>> = {
  FW01: '臨床研修中',
  FW02: '医学部卒業後5年度以内',
  FW03: '臨床研修中(卒業後5年度経過)',
};

interface WaiverSpan {
  readonly rule: FeeWaiverRule;
  readonly from: Day;
  readonly to: Day;
}

/** The 期 in which a day lies: 1期 4–7月, 2期 8–11月, 3期 12–3月 of the fiscal year. */
export function feePeriodOf(on: Day): FeePeriod {
  const year = fiscalYear(on);
  const { month } = partsOfDay(on);
  const period = (number: 1 | 2 | 3, months: string, [from, to]: readonly [string, string]): FeePeriod => ({
    fiscalYear: year,
    period: number,
    label: `${year}年度${number}期(${months})`,
    from: clampDay(from),
    to: clampDay(to),
  });
  if (month >= 4 && month <= 7) return period(1, '4–7月', [`${year}-04-01`, `${year}-07-31`]);
  if (month >= 8 && month <= 11) return period(2, '8–11月', [`${year}-08-01`, `${year}-11-30`]);
  return period(3, '12–3月', [`${year}-12-01`, `${year + 1}-03-31`]);
}

/** True when two days lie in different 期: the screen warns. */
export function crossesFeePeriod(a: Day, b: Day): boolean {
  return feePeriodOf(a).from !== feePeriodOf(b).from;
}

/**
 * The five fiscal years of waiver after graduation (FW02): graduated in March from the next fiscal year, graduated
 * from April to February from the fiscal year of the graduation itself.
 */
export function graduateWaiverPeriod(graduatedOn: YearMonth): { from: Day; to: Day } {
  const month = Number(graduatedOn.slice(5));
  const first = fiscalYear(day(`${graduatedOn}-01`)) + (month === 3 ? 1 : 0);
  return { from: clampDay(`${first}-04-01`), to: clampDay(`${first + WAIVED_FISCAL_YEARS}-03-31`) };
}

/** The months of graduation whose five years end on a 31 March: from that March to the February after. */
export function graduateMonthsOf(end: Day): { from: string; to: string } {
  const first = partsOfDay(end).year - WAIVED_FISCAL_YEARS;
  return { from: `${first}-03`, to: `${first + 1}-02` };
}

/** Whom the fee is waived for on a day: graduates of these months, and trainees who graduated in `from` or later (`rules.md 6`). */
export type WaivedMonths = { graduates: { from: string; to: string } | undefined; trainees: { from: string } | undefined };

/** The same as `feeWaiver`, asked of many persons at once by their months. */
export function waivedMonthsOn(on: Day): WaivedMonths {
  const year = fiscalYear(on);
  const from = `${year - WAIVED_FISCAL_YEARS + 1}-03`;
  return {
    graduates: on < GRADUATE_SINCE ? undefined : { from, to: `${year + 1}-02` },
    trainees: on < TRAINEE_SINCE ? undefined : { from: on < LATE_TRAINEE_SINCE ? from : '' },
  };
}

/** Whether the JMA fee is waived on a day, by which rule and until when (rules.md 6; FW01–FW03). */
export function feeWaiver(question: FeeWaiverQuestion): FeeWaiver {
  const spans = waiverSpans(question);
  const rules = spans.filter(({ from, to }) => from <= question.on && question.on <= to).map(({ rule }) => rule);
  if (rules.length === 0) return { waived: false, reason: '会費免除の対象ではありません', rules };
  const until = lastWaivedDay(spans, question);
  const grounds = rules.map((rule) => GROUNDS[rule]).join('、');
  return {
    waived: true,
    ...(until === undefined ? {} : { until }),
    reason: `${grounds}のため会費が免除されます${until === undefined ? '' : `(${formatWareki(until)}まで)`}`,
    rules,
  };
}

/** In the order of their days: a trainee up to the fifth year, the graduate, the trainee beyond the fifth year. */
function waiverSpans({ graduatedOn, isTrainee, trainingEndsOn = LAST_DAY }: FeeWaiverQuestion): WaiverSpan[] {
  const spans: WaiverSpan[] = [];
  const graduate = graduatedOn === undefined ? undefined : graduateWaiverPeriod(graduatedOn);
  if (isTrainee) {
    spans.push({ rule: 'FW01', from: TRAINEE_SINCE, to: earlierDay(trainingEndsOn, graduate?.to ?? LAST_DAY) });
  }
  if (graduate === undefined) return spans;
  spans.push({ rule: 'FW02', from: laterDay(graduate.from, GRADUATE_SINCE), to: graduate.to });
  if (isTrainee && graduate.to < trainingEndsOn) {
    spans.push({ rule: 'FW03', from: laterDay(addDays(graduate.to, 1), LATE_TRAINEE_SINCE), to: trainingEndsOn });
  }
  return spans.filter(({ from, to }) => from <= to);
}

/** Follows the spans from the day asked for; a training whose end is not known promises nothing. */
function lastWaivedDay(spans: readonly WaiverSpan[], { on, trainingEndsOn }: FeeWaiverQuestion): Day | undefined {
  let until: Day | undefined;
  for (const { rule, from, to } of spans) {
    const known = rule === 'FW02' || trainingEndsOn !== undefined;
    const joins = to >= on && daysBetween(until ?? on, from) <= (until === undefined ? 0 : 1);
    if (known && joins) until = until === undefined ? to : laterDay(until, to);
  }
  return until;
}
