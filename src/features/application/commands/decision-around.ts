import type { Day } from '#kernel/day.ts';
import { parseDayInput } from '#kernel/wareki.ts';
import { categoriesOf, pinnedSettings } from '#features/association/queries/directory.ts';
import { uncoveredWithout } from '#features/membership/queries/cover.ts';
import type { ChainLedger } from '#features/membership/queries/standing.ts';
import { periodsBelow, wholeLedger } from '#features/membership/queries/standing.ts';
import type { Period } from '#features/membership/rules.ts';
import { foldLedger, phaseOn } from '#features/membership/rules.ts';
import { findPerson } from '#features/person/queries/person.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { changeDateFindings, gapFindings, leaveDateFindings } from '../date-rules.ts';
import { changeForm, transferForm, withdrawalForm } from '../forms.ts';
import type { TransferOrder } from '../plan.ts';
import type { Finding } from '../rules.ts';
import { joinDateFindings } from '../rules.ts';
import type { RawDetails } from '../schema.ts';
import type { Case, CaseStep } from '../store.server.ts';
import { loadTwoPersons } from './two-persons.ts';

export type CaseAtStep = { target: Case; step: CaseStep };

/** What the form of a case says about its course, whatever its kind. */
export type Course = {
  order: TransferOrder;
  moves: { associationId: number; affiliationId: string }[];
  /** The workplace changes: memberships that go on are carried by a new affiliation. */
  newAffiliation: boolean;
  leaveWishedOn: Day | undefined;
  gapReason: string;
  reason: string;
  /** Deaths become known late: no window of days (`rules.md 3.10`). */
  anyDay: boolean;
};

function textOf(details: RawDetails, field: string): string {
  const value = details[field];
  return typeof value === 'string' ? value.trim() : '';
}

function movesOf(moves: readonly { associationId: number; affiliationId: string }[]) {
  return moves.filter((move) => move.affiliationId !== '');
}

const plain: Omit<Course, 'order'> = {
  moves: [],
  newAffiliation: false,
  leaveWishedOn: undefined,
  gapReason: '',
  reason: '',
  anyDay: false,
};

function courseOf(target: Case): Omit<Course, 'order'> {
  if (target.kind === 'withdrawal') {
    const form = withdrawalForm.parse(target.form);
    return { ...plain, moves: movesOf(form.moves), reason: textOf(form.details, 'reason'), anyDay: form.ground === 'death' };
  }
  if (target.kind === 'change') {
    const form = changeForm.parse(target.form);
    return { ...plain, newAffiliation: !form.workplaceStays, reason: form.reason };
  }
  if (target.kind === 'transfer') {
    const form = transferForm.parse(target.form);
    return {
      moves: movesOf(form.moves),
      newAffiliation: true,
      leaveWishedOn: parseDayInput(textOf(form.details, 'leaveOn')),
      gapReason: textOf(form.details, 'gapReason'),
      reason: form.reason,
      anyDay: false,
    };
  }
  return plain;
}

/** The order of a transfer's sides follows the old lowest association (`rules.md 3.6`). */
export function orderOf(
  target: Case,
  settings: readonly { associationId: number; settings: { transferOrder: TransferOrder } }[],
): TransferOrder {
  const origin = target.steps.find((step) => step.leg === 'leave');
  return settings.find((row) => row.associationId === origin?.associationId)?.settings.transferOrder ?? 'parallel';
}

/** A withdrawal must not leave an upper membership without one below it: another case may have moved one here meanwhile. */
async function uncoveredBy(tx: ReadTransaction | WriteTransaction, ctx: Context, target: Case) {
  if (target.kind !== 'withdrawal') return [];
  const leaving = target.steps.filter((one) => one.leg === 'leave' && one.role !== 'receive').map((one) => one.associationId);
  return await uncoveredWithout(tx, ctx.actor, { personId: target.personId, associationIds: leaving });
}

/** What the findings about a date are computed from; the screen shows the same before the button is pressed. */
export async function loadDecisionAround(tx: ReadTransaction | WriteTransaction, ctx: Context, { target, step }: CaseAtStep) {
  const pins = target.steps.map((one) => ({ associationId: one.associationId, version: one.settingsVersion }));
  const settings = await pinnedSettings(tx, pins);
  const own = settings.find((row) => row.associationId === step.associationId);
  if (own === undefined) throw new Error('pinned settings are missing');
  const { events: ledger, chain } = await wholeLedger(tx, ctx.actor, {
    personId: target.personId,
    more: target.steps.map((one) => one.associationId),
    on: ctx.today,
  });
  return {
    settings: own.settings,
    categories: step.leg === 'leave' ? [] : await categoriesOf(tx, [step.associationId], ctx.today),
    periods: periodsIn(ledger, step.associationId),
    below: await periodsBelow(tx, target.personId, step.associationId),
    licenceSeen: (await findPerson(tx, target.personId))?.licenceVerifiedAt !== null,
    ledger,
    chain,
    uncovered: await uncoveredBy(tx, ctx, target),
    course: { ...courseOf(target), order: orderOf(target, settings) },
    twoPersons: await loadTwoPersons(tx, ctx, { target, step, settings: own.settings }),
  };
}

export type DecisionAround = Awaited<ReturnType<typeof loadDecisionAround>>;

/** Periods of the person in one association of the case. @throws when the ledger contradicts itself */
export function periodsIn(ledger: ChainLedger, associationId: number): Period[] {
  const folded = foldLedger(ledger.get(associationId) ?? []);
  if (!folded.ok) throw new Error(`ledger event ${folded.fault.eventId}: ${folded.fault.fault}`);
  return folded.periods;
}

/** The category held in an association on a day, if the person is a member then. */
export function categoryOn(ledger: ChainLedger, associationId: number, on: Day): number | undefined {
  return phaseOn(periodsIn(ledger, associationId), on)?.categoryId;
}

function openPeriod(periods: readonly Period[], on: Day): Period | undefined {
  return (
    periods.find((period) => period.joinedOn <= on && (period.leftOn === null || on <= period.leftOn)) ??
    periods.findLast((period) => period.leftOn === null)
  );
}

/** Decided steps below on the same side, lowest first. */
export function lowerOf({ target, step }: CaseAtStep) {
  return target.steps
    .filter((one) => one.leg === step.leg && one.ordinal < step.ordinal && one.role === 'decide')
    .map((one) => ({
      associationId: one.associationId,
      name: one.associationName,
      layer: one.layer,
      state: one.state,
      decidedOn: one.decidedOn,
    }));
}

type About = { around: DecisionAround; decidedOn: Day };

/** The day on the other side of a transfer that this step's day must join; undefined where there is none. */
export function otherSideDay({ target, step }: CaseAtStep, around: DecisionAround): { on: Day; decided: boolean } | undefined {
  if (target.kind !== 'transfer') return undefined;
  const deciderOf = (leg: 'join' | 'leave') => target.steps.find((one) => one.leg === leg && one.role === 'decide');
  const join = deciderOf('join');
  const leave = deciderOf('leave');
  if (join === undefined || leave === undefined) return undefined;
  if (step.id === leave.id) {
    const on = join.decidedOn ?? target.wishedOn;
    return on === null ? undefined : { on, decided: join.decidedOn !== null };
  }
  if (step.id !== join.id) return undefined;
  const on = leave.decidedOn ?? around.course.leaveWishedOn;
  return on === undefined ? undefined : { on, decided: leave.decidedOn !== null };
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
    uncovered: about.around.uncovered,
  });
}

/** Blocks, warnings and notes about one date for one step (`screens.md O-06`). */
export function findingsFor(ctx: Pick<Context, 'today'>, at: CaseAtStep, about: About): Finding[] {
  switch (at.step.leg) {
    case 'join':
      return [...joinFindings(ctx, at, about), ...gapOf(at, about)];
    case 'leave':
      return [...leaveFindings(ctx, at, about), ...gapOf(at, about)];
    case 'change': {
      const period = openPeriod(about.around.periods, about.decidedOn);
      const wishedOn = at.target.wishedOn ?? about.decidedOn;
      return changeDateFindings({ ...questionOf(ctx, at, about), wishedOn, period, name: at.step.associationName });
    }
  }
}
