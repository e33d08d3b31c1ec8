import type { Day } from '#kernel/day.ts';
import { parseDayInput } from '#kernel/wareki.ts';
import { categoriesOf, pinnedSettings } from '#features/association/queries/directory.ts';
import type { ChainLedger } from '#features/membership/queries/standing.ts';
import { periodsBelow, wholeLedger } from '#features/membership/queries/standing.ts';
import type { Period } from '#features/membership/rules.ts';
import { foldLedger, phaseOn } from '#features/membership/rules.ts';
import { findPerson } from '#features/person/queries/person.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { listLeavingUndecided } from '../draft.store.server.ts';
import { changeForm, transferForm, withdrawalForm } from '../forms.ts';
import type { TransferOrder } from '../plan.ts';
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

/** The categories that can be decided on for a day: those in use on that day, whenever it is decided (`rules.md 2.4, 4.2`). */
export async function decidableCategories(tx: ReadTransaction, step: Pick<CaseStep, 'leg' | 'associationId'>, on: Day) {
  return step.leg === 'leave' ? [] : await categoriesOf(tx, [step.associationId], on);
}

/**
 * What the findings about a date are computed from; the screen shows the same before the button is pressed. `on`: the day that is
 * decided, where it is known already.
 */
export async function loadDecisionAround(
  tx: ReadTransaction | WriteTransaction,
  ctx: Context,
  { target, step, on = ctx.today }: CaseAtStep & { on?: Day | undefined },
) {
  const pins = target.steps.map((one) => ({ associationId: one.associationId, version: one.settingsVersion }));
  const settings = await pinnedSettings(tx, pins);
  const own = settings.find((row) => row.associationId === step.associationId);
  if (own === undefined) throw new Error('pinned settings are missing');
  const {
    events: ledger,
    chain,
    nameOf,
  } = await wholeLedger(tx, ctx.actor, {
    personId: target.personId,
    more: target.steps.map((one) => one.associationId),
    on: ctx.today,
  });
  return {
    settings: own.settings,
    categories: await decidableCategories(tx, step, on),
    periods: periodsIn(ledger, step.associationId),
    below: await periodsBelow(tx, target.personId, step.associationId),
    licenceSeen: (await findPerson(tx, target.personId))?.licenceVerifiedAt !== null,
    ledger,
    chain,
    nameOf,
    leaving: step.leg === 'join' ? await listLeavingUndecided(tx, target.personId) : [],
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
