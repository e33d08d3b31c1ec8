import type { Day } from '#kernel/day.ts';
import { dayOfInstant, daysBetween, laterDay } from '#kernel/day.ts';
import { formatDay, formatDayPlain } from '#kernel/wareki.ts';
import type { StepClock } from '../clock.ts';
import { ageOn } from '../clock.ts';
import type { ApplicationState } from '../flow.ts';
import { isAtOffice, isWithOffices } from '../flow.ts';
import type { WaitsFor } from '../labels.ts';
import { ballText, stateLabel, waitingSince } from '../labels.ts';
import type { MyStep } from '../my.store.server.ts';

/** Where a case is, in the applicant's words (`screens.md 1.4, D-07`). */

type Step = Pick<MyStep, 'associationName' | 'state' | 'arrivedAt' | 'receivedAt' | 'clock' | 'decidedOn' | 'tel' | 'mail'>;

/** The office that has the case, what it does and since when. */
export type Ball = { associationName: string; waitsFor: WaitsFor; since: Day; clock: StepClock; tel: string | null; mail: string | null };

/** All steps whose offices have the case: one of each side of a transfer. */
export function ballsOf(state: ApplicationState, steps: readonly Step[]): Ball[] {
  if (!isWithOffices(state)) return [];
  return steps.flatMap((step) =>
    step.arrivedAt === null || !isAtOffice(step.state)
      ? []
      : [
          {
            associationName: step.associationName,
            waitsFor: step.receivedAt === null ? ('receive' as const) : ('approve' as const),
            since: dayOfInstant(step.arrivedAt),
            clock: step.clock,
            tel: step.tel,
            mail: step.mail,
          },
        ],
  );
}

/** 「いま大阪市北区医師会の受付待ちです(2026/01/15（木）から3日)」; after a 差戻し also the days in all, as the office counts them. */
export function ballSentence(ball: Ball, today: Day): string {
  const days = daysBetween(ball.since, today);
  return ballText({
    office: ball.associationName,
    waitsFor: ball.waitsFor,
    since: formatDay(ball.since),
    days,
    total: ageOn(ball.clock, today),
  });
}

/** The last decided day that is still ahead: until then a completed case is not 完了. */
export function aheadOn(steps: readonly Pick<Step, 'decidedOn'>[], today: Day): Day | undefined {
  const ahead = steps.map((step) => step.decidedOn).filter((on) => on !== null && on > today);
  return ahead.reduce<Day | undefined>((last, on) => (on === null ? last : last === undefined ? on : laterDay(last, on)), undefined);
}

type Standing = { state: ApplicationState; steps: readonly Pick<Step, 'decidedOn'>[] };

/** 状況 as its reader knows it. */
export function stateText({ state, steps }: Standing, { reader, today }: { reader: 'doctor' | 'office'; today: Day }): string {
  const ahead = aheadOn(steps, today);
  return stateLabel(state, reader, ahead === undefined ? undefined : formatDayPlain(ahead));
}

/** Where it is and since when, for a line of a list: 「大阪市北区医師会の受付待ち(2026/01/15から)」, of a transfer both sides; '' when no office has it. */
export function whereText(state: ApplicationState, steps: readonly Step[]): string {
  return ballsOf(state, steps)
    .map((ball) => waitingSince({ office: ball.associationName, waitsFor: ball.waitsFor, since: formatDayPlain(ball.since) }))
    .join('、');
}

/** 対象医師会: lowest … highest. */
export function rangeText(steps: readonly Pick<Step, 'associationName'>[]): string {
  const lowest = steps[0]?.associationName ?? '';
  const highest = steps.at(-1)?.associationName ?? '';
  return steps.length <= 1 ? lowest : `${lowest} … ${highest}`;
}
