import type { Day } from '#kernel/day.ts';
import { addDays, dayOfInstant, firstOfNextMonth, startOfDay } from '#kernel/day.ts';
import type { Dice } from './random.ts';

/** What happens to one made-up 入会届, and when; pure, so that a second run plans the same. */

export type Scenario = 'draft' | 'waiting' | 'received' | 'returned' | 'resubmitted' | 'rejected' | 'retracted' | 'cancelled' | 'completed';

export type ActKind =
  | 'receive'
  | 'approve'
  | 'return'
  | 'resubmit'
  | 'reject'
  | 'retract'
  | 'cancel'
  | 'message'
  | 'reply'
  | 'memo'
  | 'attention';

/** `step` counts from the lowest association of the case. */
export type Act = { kind: ActKind; step: number; at: Date };

export type CasePlan = { submittedAt: Date; wishedOn: Day; acts: Act[] };

export type PlanQuestion = {
  scenario: Scenario;
  /** The step at which the case stands or ended. */
  at: number;
  steps: number;
  /** Days since the last act; more than 7 makes a waiting case ▲. */
  restDays: number;
  /** Midnight in Japan from which everything is counted back. */
  today: Day;
  dice: Dice;
};

type Planned = { kind: ActKind; step: number; gap: number };

function below(question: PlanQuestion): Planned[] {
  const { dice } = question;
  const upTo = question.scenario === 'completed' ? question.steps : question.at;
  return Array.from({ length: upTo }, (_, step) => step).flatMap((step) => [
    ...(dice.chance(0.6) ? [{ kind: 'receive' as const, step, gap: dice.next() * 2 }] : []),
    { kind: 'approve' as const, step, gap: 0.5 + dice.next() * 5 },
  ]);
}

/** What people write beside the decision. */
function talk(question: PlanQuestion): Planned[] {
  const { dice, at: step } = question;
  const asked: Planned[] = dice.chance(0.3)
    ? [
        { kind: 'message', step, gap: 0.2 + dice.next() },
        ...(dice.chance(0.7) ? [{ kind: 'reply' as const, step, gap: 0.2 + dice.next() }] : []),
      ]
    : [];
  const memo: Planned[] = dice.chance(0.25) ? [{ kind: 'memo', step, gap: 0.1 + dice.next() / 2 }] : [];
  const star: Planned[] = dice.chance(0.1) ? [{ kind: 'attention', step, gap: 0.1 }] : [];
  return [...asked, ...memo, ...star];
}

function ending(question: PlanQuestion): Planned[] {
  const { dice, at: step } = question;
  const taken: Planned[] = dice.chance(0.5) ? [{ kind: 'receive', step, gap: dice.next() * 2 }] : [];
  const act = (kind: ActKind, gap: number): Planned => ({ kind, step, gap });
  switch (question.scenario) {
    case 'received':
      return [act('receive', dice.next() * 2), ...talk(question)];
    case 'returned':
      return [...taken, act('return', 0.5 + dice.next() * 2)];
    case 'resubmitted':
      return [...taken, act('return', 0.5 + dice.next() * 2), act('resubmit', 1 + dice.next() * 4)];
    case 'rejected':
      return [...taken, ...talk(question), act('reject', 1 + dice.next() * 4)];
    case 'retracted':
      return [act('retract', 0.5 + dice.next() * 3)];
    case 'cancelled':
      return [...taken, act('cancel', 0.5 + dice.next() * 3)];
    case 'waiting':
      return talk(question);
    default:
      return [];
  }
}

/** Office hours: the fraction of a day falls between 9:00 and 17:30. */
export function instantAt(today: Day, daysAgo: number): Date {
  const whole = Math.ceil(daysAgo);
  const part = whole - daysAgo;
  return new Date(startOfDay(addDays(today, -whole)).getTime() + 9 * 3_600_000 + part * 8.5 * 3_600_000);
}

function wishOf(submitted: Day, dice: Dice): Day {
  const draw = dice.next();
  if (draw < 0.6) return firstOfNextMonth(submitted);
  if (draw < 0.7) return addDays(submitted, -dice.from(1, 20));
  if (draw < 0.94) return addDays(submitted, dice.from(0, 30));
  return addDays(submitted, dice.from(90, 300));
}

/** Times are counted back from the last act, so that the case stands today exactly as the scenario says. */
export function planCase(question: PlanQuestion): CasePlan {
  const planned = question.scenario === 'draft' ? [] : [...below(question), ...ending(question)];
  const total = planned.reduce((sum, act) => sum + act.gap, 0);
  let ago = question.restDays + total;
  const submittedAt = instantAt(question.today, ago);
  const acts = planned.map(({ kind, step, gap }): Act => {
    ago -= gap;
    return { kind, step, at: instantAt(question.today, ago) };
  });
  return { submittedAt, wishedOn: wishOf(dayOfInstant(submittedAt), question.dice), acts };
}
