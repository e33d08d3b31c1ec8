import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { z } from 'zod';
import { isReturned } from '../flow.ts';
import type { TransferForm } from '../forms.ts';
import { destinationInput, undecidedInput } from '../forms.ts';
import { texts } from '../messages.ts';
import type { Choice } from '../schema.ts';
import type { Case } from '../store.server.ts';
import { loadCase, updateApplication } from '../store.server.ts';
import { decideChoices, loadChoice } from './choose-associations.ts';
import { caseLocks, gate } from './gate.ts';
import type { Origin } from './origin.ts';
import { originsOf } from './origin.ts';
import { transferFormOf } from './save-transfer.ts';
import { chosenMoves, sharedPlaces } from './shared-uppers.ts';

export type Leaving = { target: Case; form: TransferForm; origin: Origin | undefined; others: Origin[] };

/** A transfer with the group it leaves and the other ones; undefined for any other case. */
export async function loadLeaving(tx: ReadTransaction, ctx: Context, id: string): Promise<Leaving | undefined> {
  const target = await loadCase(tx, ctx.actor, id);
  const form = target?.kind === 'transfer' ? transferFormOf(target) : undefined;
  if (target === undefined || form === undefined) return undefined;
  const origins = await originsOf(tx, ctx, target.personId);
  return {
    target,
    form,
    origin: origins.find((one) => one.id === form.affiliationId),
    others: origins.filter((one) => one.id !== form.affiliationId),
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

type Input = z.infer<typeof destinationInput>;

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

function decideDestination(around: Around, { form, origin, others }: Leaving & { origin: Origin }, input: Input) {
  const fault = destinationFault(around, origin);
  if (fault !== undefined) return refuseFields({ lowestAssociationId: [fault] });
  const common = commonOf(around, origin);
  const asked = { ...input, ticked: [...input.ticked, ...common], categories: withHeldCategories(input, origin, common) };
  const decided = decideChoices(around, asked);
  if (!decided.ok) return decided;
  const staying = decided.choices.map((choice: Choice) => choice.associationId);
  const { moves, errors } = chosenMoves(sharedPlaces(origin, others, staying), input.moves, input.complete);
  if (Object.keys(errors).length > 0) return refuseFields(errors);
  const lowestAssociationId = input.direct ? (staying[0] ?? input.lowestAssociationId) : input.lowestAssociationId;
  const destination = { way: input.way, prefecture: input.prefecture, lowestAssociationId, direct: input.direct, choices: decided.choices };
  const details = input.facilityId === '' ? form.details : { ...form.details, facilityId: input.facilityId };
  return accepted({ form: { ...form, destination, undecided: false, moves, details } });
}

/** Step 2 of 異動届 with change of association: the new chain (`screens.md D-09`). */
export const chooseDestination = command({
  name: 'application.chooseDestination',
  input: destinationInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => {
    const leaving = await loadLeaving(tx, ctx, input.id);
    return leaving === undefined
      ? undefined
      : { ...leaving, around: await loadDestination(tx, ctx, { ...leaving, lowestAssociationId: input.lowestAssociationId }) };
  },
  allow: (ctx, { target }, input) => gate(ctx, 'edit', { target, seen: input.version }),
  decide: (_ctx, { around, ...leaving }, input) => {
    const { origin, target, form } = leaving;
    if (origin === undefined) return refuse('conflict', { message: texts.groupGone });
    if (isReturned(target.state)) {
      const sent = form.destination?.lowestAssociationId;
      if (sent !== input.lowestAssociationId) return refuseFields({ lowestAssociationId: [texts.fixedAssociations] });
    }
    return decideDestination(around, { ...leaving, origin }, input);
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
  load: async (tx, input, ctx) => await loadLeaving(tx, ctx, input.id),
  allow: (ctx, { target }, input) => gate(ctx, 'edit', { target, seen: input.version }),
  decide: (_ctx, { target, form, origin, others }, input) => {
    if (origin === undefined) return refuse('conflict', { message: texts.groupGone });
    if (isReturned(target.state) && !form.undecided) return refuseFields({ lowestAssociationId: [texts.fixedAssociations] });
    const { moves, errors } = chosenMoves(sharedPlaces(origin, others, []), input.moves, true);
    if (Object.keys(errors).length > 0) return refuseFields(errors);
    return accepted({ form: { ...form, destination: null, undecided: true, moves } });
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
