import type { Day } from '#kernel/day.ts';
import type { Period } from '#features/membership/rules.ts';
import type { Context } from '#platform/context.ts';
import { changeDateFindings, gapFindings, leaveDateFindings } from '../date-rules.ts';
import type { Effect } from '../effects.ts';
import { effectsOf } from '../effects.ts';
import { findingTexts, texts } from '../messages.ts';
import type { Finding } from '../rules.ts';
import { joinDateFindings } from '../rules.ts';
import type { CaseStep } from '../store.server.ts';
import { withdrawalTexts } from '../withdrawal-messages.ts';
import type { CaseAtStep, DecisionAround } from './decision-around.ts';
import { categoryOn, lowerOf, otherSideDay, periodsIn } from './decision-around.ts';
import { groundAfter } from './enter-effects.ts';

/** What must be said about one decision before it is taken: on its page, in 一括操作, and by the command itself. */

type Decided = { decidedOn: Day; categoryId: number | null };

type About = Decided & { around: DecisionAround };

/** The steps as they stand after an approval, and what it does to the ledger. */
export function afterApproval({ target, step }: CaseAtStep, { around, ...decided }: About): { steps: CaseStep[]; effects: Effect[] } {
  const steps = target.steps.map(
    (one): CaseStep =>
      one.id === step.id ? { ...one, state: 'approved', decidedOn: decided.decidedOn, decidedCategoryId: decided.categoryId } : one,
  );
  const { moves, newAffiliation } = around.course;
  const course = {
    kind: target.kind,
    steps,
    moves,
    newAffiliation,
    categoryOn: (id: number, on: Day) => categoryOn(around.ledger, id, on),
  };
  return { steps, effects: effectsOf(course, steps.find((one) => one.id === step.id) ?? step) };
}

function openPeriod(periods: readonly Period[], on: Day): Period | undefined {
  return (
    periods.find((period) => period.joinedOn <= on && (period.leftOn === null || on <= period.leftOn)) ??
    periods.findLast((period) => period.leftOn === null)
  );
}

function gapOf(at: CaseAtStep, { around, decidedOn }: About): Finding[] {
  const other = otherSideDay(at, around);
  if (other === undefined) return [];
  return gapFindings(at.step.leg === 'leave' ? { leftOn: decidedOn, joinedOn: other.on } : { leftOn: other.on, joinedOn: decidedOn });
}

/** A transfer reaches the ledger as a whole: what it joins directly below is not there yet, and older memberships there say nothing. */
function joinsBelow({ target, step }: CaseAtStep): boolean {
  return target.kind === 'transfer' && target.steps.some((one) => one.leg === 'join' && one.layer === step.layer + 1);
}

function joinFindings(ctx: Pick<Context, 'today'>, at: CaseAtStep, { around, decidedOn }: About): Finding[] {
  return joinDateFindings({
    decidedOn,
    today: ctx.today,
    wishedOn: at.target.wishedOn ?? decidedOn,
    layer: at.step.layer,
    associationName: at.step.associationName,
    asksJma: at.target.steps.some((one) => one.layer === 1 && one.leg === 'join'),
    window: around.settings.decisionWindow,
    farFuture: around.settings.farFuture,
    periods: around.periods,
    below: joinsBelow(at) ? [] : around.below,
    lower: lowerOf(at),
  });
}

function questionOf(ctx: Pick<Context, 'today'>, { target }: CaseAtStep, { around, decidedOn }: About) {
  return {
    kind: target.kind,
    decidedOn,
    today: ctx.today,
    window: around.course.anyDay ? undefined : around.settings.decisionWindow,
    farFuture: around.settings.farFuture,
  };
}

function leaveFindings(ctx: Pick<Context, 'today'>, at: CaseAtStep, about: About): Finding[] {
  const { target, step } = at;
  const wished = target.kind === 'transfer' ? about.around.course.leaveWishedOn : target.wishedOn;
  const ending = target.steps
    .filter((one) => one.leg === 'leave' && one.role !== 'receive')
    .map((one) => ({
      name: one.associationName,
      own: one.id === step.id,
      period: openPeriod(periodsIn(about.around.ledger, one.associationId), about.decidedOn),
    }));
  return leaveDateFindings({
    ...questionOf(ctx, at, about),
    wishedOn: wished ?? about.decidedOn,
    ending,
  });
}

function dateFindings(ctx: Pick<Context, 'today'>, at: CaseAtStep, about: About): Finding[] {
  switch (at.step.leg) {
    case 'join':
      return [...joinFindings(ctx, at, about), ...leavingFindings(at, about), ...gapOf(at, about)];
    case 'leave':
      return [...leaveFindings(ctx, at, about), ...gapOf(at, about)];
    case 'change': {
      const period = openPeriod(about.around.periods, about.decidedOn);
      const wishedOn = at.target.wishedOn ?? about.decidedOn;
      return changeDateFindings({ ...questionOf(ctx, at, about), wishedOn, period, name: at.step.associationName });
    }
  }
}

/** The membership ends by a 異動届 without destination that nobody has decided yet: first that, then the join. */
function leavingFindings({ step }: CaseAtStep, { around }: About): Finding[] {
  return around.leaving.includes(step.associationId) ? [{ level: 'block', code: 'leavePending', text: findingTexts.leavePending }] : [];
}

/** The ledger could not take it: it would contradict itself, or an upper membership would hang in the air (`rules.md 1.5, 2.2`). */
function ledgerFindings(at: CaseAtStep, about: About): Finding[] {
  const lost = groundAfter(about.around, at.target, afterApproval(at, about).effects);
  if (lost?.length === 0) return [];
  const stays = lost !== undefined && at.target.kind === 'withdrawal';
  return stays
    ? [{ level: 'block', code: 'upperStays', text: withdrawalTexts.upperStays(lost.map(about.around.nameOf).join('、')) }]
    : [{ level: 'block', code: 'contradictsLedger', text: texts.contradictsLedger }];
}

/** Blocks, warnings and notes about one date for one step (`screens.md O-06`); the ledger is asked once the day itself stands. */
export function findingsFor(ctx: Pick<Context, 'today'>, at: CaseAtStep, about: About): Finding[] {
  const found = dateFindings(ctx, at, about);
  return found.some((finding) => finding.level === 'block') ? found : [...found, ...ledgerFindings(at, about)];
}
