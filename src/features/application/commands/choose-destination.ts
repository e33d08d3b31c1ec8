import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import type { PinnedSettings } from '#features/association/queries/directory.ts';
import { settingsOn } from '#features/association/queries/directory.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { z } from 'zod';
import { listOpenKeys } from '../draft.store.server.ts';
import { isReturned, isUndecided } from '../flow.ts';
import type { Move, TransferForm } from '../forms.ts';
import { destinationInput, undecidedInput } from '../forms.ts';
import { texts } from '../messages.ts';
import type { Choice } from '../schema.ts';
import { categoryField } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { loadCase, updateApplication } from '../store.server.ts';
import { decideChoices, loadChoice, lowestOf } from './choose-associations.ts';
import { caseLocks, gate } from './gate.ts';
import type { Origin } from './origin.ts';
import { originsOf } from './origin.ts';
import { transferFormOf } from './save-transfer.ts';
import { chosenMoves, sharedPlaces, upperErrors } from './shared-uppers.ts';

export type Leaving = {
  target: Case;
  form: TransferForm;
  origin: Origin | undefined;
  others: Origin[];
  /** Settings of the lowest association of the other groups: what they demand above them (`rules.md 4.1`). */
  demands: PinnedSettings[];
  /** Groups with an open application of their own. */
  busy: string[];
};

/** A transfer with the group it leaves and the other ones; undefined for any other case. */
export async function loadLeaving(tx: ReadTransaction, ctx: Context, target: Case | undefined): Promise<Leaving | undefined> {
  const form = target?.kind === 'transfer' ? transferFormOf(target) : undefined;
  if (target === undefined || form === undefined) return undefined;
  const origins = await originsOf(tx, ctx, target.personId);
  const others = origins.filter((one) => one.id !== form.affiliationId);
  const lowest = others.flatMap((one) => one.carried.slice(0, 1)).map((place) => place.associationId);
  return {
    target,
    form,
    origin: origins.find((one) => one.id === form.affiliationId),
    others,
    demands: await settingsOn(tx, lowest, ctx.today),
    busy: (await listOpenKeys(tx, target.personId)).filter((one) => one.id !== target.id).map((one) => one.openKey),
  };
}

type Around = Awaited<ReturnType<typeof loadChoice>>;

/**
 * The chain of the destination as 入会届 would see it: what the origin carries counts as wanted, what another group carries
 * is left out (`rules.md 3.6`: nothing is joined there).
 */
export async function loadDestination(
  tx: ReadTransaction,
  ctx: Context,
  { target, origin, lowestAssociationId }: Leaving & { lowestAssociationId: number },
): Promise<Around> {
  const around = await loadChoice(tx, ctx, { personId: target.personId, lowestAssociationId, applicationId: target.id });
  const own = new Set(origin?.carried.map((place) => place.associationId));
  return { ...around, memberOf: around.memberOf.filter((id) => !own.has(id)) };
}

/** Associations of both chains: they go on, and are never ticked away. */
export function commonOf(around: Pick<Around, 'chain'>, origin: Origin): number[] {
  return origin.carried.map((place) => place.associationId).filter((id) => around.chain.some((link) => link.associationId === id));
}

type Input = Omit<z.infer<typeof destinationInput>, 'id' | 'version' | 'moves'> & { moves: Readonly<Record<string, string>> };

/** A category that was not touched is the one held now. */
function withHeldCategories(input: Input, origin: Origin, common: readonly number[]): Input['categories'] {
  const held = origin.carried.filter((place) => common.includes(place.associationId));
  const named = held.map((place) => [String(place.associationId).padStart(5, '0'), String(place.categoryId)] as const);
  return { ...Object.fromEntries(named), ...Object.fromEntries(Object.entries(input.categories).filter(([, value]) => value !== '')) };
}

function destinationFault(around: Around, origin: Origin): string | undefined {
  const [lowest] = around.chain;
  const [first] = origin.carried;
  if (lowest !== undefined && lowest.associationId === first?.associationId) return texts.sameAssociation;
  return around.chain.every((link) => around.memberOf.includes(link.associationId)) ? texts.alreadyElsewhere : undefined;
}

type Asked = { moves: Input['moves']; complete: boolean };

/** Where shared uppers of the old chain go on, or what is wrong with that. */
function decideMoves(
  { form, origin, others, demands, busy }: Leaving & { origin: Origin },
  staying: readonly number[],
  asked: Asked,
): Outcome<Move[]> {
  if (form.leaveApart) return accepted([]);
  const { moves, errors } = chosenMoves(sharedPlaces(origin, others, staying), asked.moves, asked.complete);
  const faults = asked.complete ? { ...upperErrors({ origin, others, settings: demands, busy }, { staying, moves }), ...errors } : errors;
  return Object.keys(faults).length > 0 ? refuseFields(faults) : accepted(moves);
}

/** The new chain and the moves as a form has them, judged against what is true now. */
export function decideDestination(around: Around, leaving: Leaving & { origin: Origin }, input: Input): Outcome<{ form: TransferForm }> {
  const { form, origin } = leaving;
  const fault = destinationFault(around, origin);
  if (fault !== undefined) return refuseFields({ lowestAssociationId: [fault] });
  const common = commonOf(around, origin);
  const asked = { ...input, ticked: [...input.ticked, ...common], categories: withHeldCategories(input, origin, common) };
  const decided = decideChoices(around, asked);
  if (!decided.ok) return decided;
  const staying = decided.choices.map((choice: Choice) => choice.associationId);
  const moves = decideMoves(leaving, staying, input);
  if (!moves.ok) return moves;
  const lowestAssociationId = lowestOf(input, decided.choices, around.chain);
  const destination = { way: input.way, prefecture: input.prefecture, lowestAssociationId, direct: input.direct, choices: decided.choices };
  const details = input.facilityId === '' ? form.details : { ...form.details, facilityId: input.facilityId };
  return accepted({ form: { ...form, destination, undecided: false, moves: moves.value, details } });
}

/** Only the leave, with the moves as a form has them. */
export function decideUndecided(leaving: Leaving & { origin: Origin }, posted: Input['moves']): Outcome<{ form: TransferForm }> {
  if (leaving.form.leaveApart) return refuseFields({ lowestAssociationId: [texts.leaveByWithdrawal] });
  const moves = decideMoves(leaving, [], { moves: posted, complete: true });
  return moves.ok ? accepted({ form: { ...leaving.form, destination: null, undecided: true, moves: moves.value } }) : moves;
}

/** A returned case keeps its associations and where uppers go on; categories that are still to be decided may be corrected. */
function correctDestination(around: Around, { target, form }: Leaving, input: Input): Outcome<{ form: TransferForm }> {
  const { destination } = form;
  const asked = new Set(destination?.choices.map((choice) => choice.associationId));
  const other = destination?.lowestAssociationId !== input.lowestAssociationId && !input.direct;
  if (destination === null || other || input.ticked.some((id) => !asked.has(id)))
    return refuseFields({ lowestAssociationId: [texts.fixedAssociations] });
  const fields: Record<string, string[]> = {};
  const choices = destination.choices.map((choice) => {
    const field = categoryField(choice.associationId);
    const typed = input.categories[field] ?? '';
    const categoryId = typed === '' ? choice.categoryId : Number(typed);
    const open = target.steps.some(
      (step) => step.associationId === choice.associationId && step.role === 'decide' && isUndecided(step.state),
    );
    if (categoryId === choice.categoryId) return choice;
    const known = around.categories.some((category) => category.id === categoryId && category.associationId === choice.associationId);
    if (!open || !known) fields[`categories.${field}`] = [open ? texts.chooseCategory : texts.fixedCategory];
    return { ...choice, categoryId };
  });
  return Object.keys(fields).length > 0 ? refuseFields(fields) : accepted({ form: { ...form, destination: { ...destination, choices } } });
}

/** Step 2 of 異動届 with change of association: the new chain (`screens.md D-09`). */
export const chooseDestination = command({
  name: 'application.chooseDestination',
  input: destinationInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => {
    const leaving = await loadLeaving(tx, ctx, await loadCase(tx, ctx.actor, input.id));
    return leaving === undefined
      ? undefined
      : { ...leaving, around: await loadDestination(tx, ctx, { ...leaving, lowestAssociationId: input.lowestAssociationId }) };
  },
  allow: (ctx, { target }, input) => gate(ctx, 'edit', { target, seen: input.version }),
  decide: (_ctx, { around, ...leaving }, input) => {
    const { origin, target } = leaving;
    if (origin === undefined) return refuse('conflict', { message: texts.groupGone });
    return isReturned(target.state) ? correctDestination(around, leaving, input) : decideDestination(around, { ...leaving, origin }, input);
  },
  save: async (tx, { ctx, target: { target }, decision: { form } }) => {
    await updateApplication(tx, { id: target.id, version: target.version, now: ctx.now }, { form });
    return {
      value: { id: target.id },
      audit: { action: 'application.chooseDestination', personIds: [target.personId], target: target.id },
      events: [],
    };
  },
});

/** 「異動先が決まっていない」: only the leave goes ahead; a later 入会届 may follow it. */
export const leaveUndecided = command({
  name: 'application.leaveUndecided',
  input: undecidedInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => await loadLeaving(tx, ctx, await loadCase(tx, ctx.actor, input.id)),
  allow: (ctx, { target }, input) => gate(ctx, 'edit', { target, seen: input.version }),
  decide: (_ctx, leaving, input) => {
    const { target, form, origin } = leaving;
    if (origin === undefined) return refuse('conflict', { message: texts.groupGone });
    if (!isReturned(target.state)) return decideUndecided({ ...leaving, origin }, input.moves);
    return form.undecided ? accepted({ form }) : refuseFields({ lowestAssociationId: [texts.fixedAssociations] });
  },
  save: async (tx, { ctx, target: { target }, decision: { form } }) => {
    await updateApplication(tx, { id: target.id, version: target.version, now: ctx.now }, { form });
    return {
      value: { id: target.id },
      audit: { action: 'application.leaveUndecided', personIds: [target.personId], target: target.id },
      events: [],
    };
  },
});
