import { actorName } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import type { DomainEvent } from '#platform/command/command.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { ChangeState } from '../flow.ts';
import { awaitsDay, isMoving } from '../flow.ts';
import { endsAssociation, movesMembers } from '../master-fields.ts';
import { masterTexts as texts } from '../master-messages.ts';
import { changeIdInput } from '../master-schema.ts';
import type { MasterRow } from '../master-fields.ts';
import type { Burden, Change } from '../master.store.server.ts';
import { codeOf } from '../labels.ts';
import { findMaster } from '../master-list.store.server.ts';
import { burdenOf, carryIntoTree, findChange, moveChange } from '../master.store.server.ts';
import { countMove, listMovers, moveFacilities } from '../reorganisation.store.server.ts';
import { isBurdened } from './judge-change.ts';
import { targetFault } from './judge-move.ts';

/** The day of a change of the tree (`screens.md J-02`): in force at once, or the beginning of the way of its members. */

/** Nobody else changes the master of this association meanwhile. */
export const masterLock = (code: string) => [{ kind: 'association' as const, id: `master:${code}` }];

/** The lock of a change by its number. */
export async function lockOfChange(tx: ReadTransaction, { id }: { id: string }) {
  const change = await findChange(tx, id);
  return change === undefined ? [] : masterLock(codeOf(change.associationId));
}

export type Standing = { change: Change; present: MasterRow; target: MasterRow | undefined; burden: Burden; unmapped: number };

/** A change beside what the association and the other one are by now. */
export async function standingOf(tx: ReadTransaction, id: string, today: Day): Promise<Standing | undefined> {
  const change = await findChange(tx, id);
  const present = change === undefined ? undefined : await findMaster(tx, codeOf(change.associationId), today);
  if (change === undefined || present === undefined) return undefined;
  const burden = await burdenOf(tx, change.associationId, change.startsOn);
  if (change.targetId === null) return { change, present, target: undefined, burden, unmapped: 0 };
  const { associationId: from, targetId: to, startsOn, splitRule: rule, splitEntries: entries } = change;
  const { categories } = await countMove(tx, { from, to, startsOn, rule, entries });
  const unmapped = [...categories.keys()].filter((category) => change.categoryMap[String(category)] === undefined).length;
  return { change, present, target: await findMaster(tx, codeOf(to), startsOn), burden, unmapped };
}

function moveStands({ change, present, target, burden }: Standing): Outcome<Change> {
  if (change.kind === 'merge' && burden.below > 0) return refuse('conflict', { message: texts.belowFirst(burden.below) });
  const fault = target === undefined ? texts.targetClosed : targetFault(present, target, change.startsOn);
  return fault === undefined ? accepted(change) : refuse('conflict', { message: fault });
}

/** What has come between since a change was entered: another version, or members, cases and associations below. */
export function stands(standing: Standing): Outcome<Change> {
  const { change, present, burden } = standing;
  if (change.startsOn <= present.startsOn) return refuse('conflict', { message: texts.tooEarly(present.startsOn) });
  if (movesMembers(change.kind)) return moveStands(standing);
  const staysInPlace = change.kind !== 'close' && change.parentId === null;
  const free = staysInPlace || !isBurdened(change.kind === 'close' ? burden : { ...burden, below: 0 });
  return free ? accepted(change) : refuse('conflict', { message: texts.burden(burden, change.startsOn) });
}

/** Every office is told (`screens.md J-02`), of a file once, with how many more associations it changed. */
export const announced = (associationId: number, startsOn: Day, more = 0) => ({
  kind: 'association.masterChanged',
  payload: { associationId, sourceAssociationId: 0, startsOn, more },
});

/** The offices hear beforehand that one of them ends, and of it when it does not. */
export function endTold({ id, kind }: Change): DomainEvent[] {
  return endsAssociation(kind) ? [{ kind: 'association.endPlanned', payload: { changeId: id } }] : [];
}

/**
 * An association has ended: its staff follow, to the successor where a 合併 carries them over. One that is merged ends when nobody is
 * left there who needs them.
 */
const ended = (associationId: number, lastDay: Day, successorId: number | null = null): DomainEvent => ({
  kind: 'association.closed',
  payload: { associationId, lastDay, successorId },
});

/** Of a change that has taken effect: what follows the end of the association. */
export function closed(change: Change): DomainEvent[] {
  return change.kind === 'close' ? [ended(change.associationId, addDays(change.startsOn, -1))] : [];
}

/** The day has come, or is today: the tree changes, every office is told, and members who move set out. */
export async function carryOut(tx: WriteTransaction, ctx: Context, change: Change): Promise<DomainEvent[]> {
  await carryIntoTree(tx, change, ctx.now);
  const state: ChangeState = change.targetId === null ? 'done' : 'moving';
  await moveChange(tx, change.id, { state, by: actorName(ctx.actor), at: ctx.now });
  const own = announced(change.associationId, change.startsOn);
  if (change.targetId === null) return [own, ...closed(change)];
  return [own, announced(change.targetId, change.startsOn), { kind: 'association.moveBegun', payload: { changeId: change.id } }];
}

const systemOnly = (ctx: Context) => (ctx.actor.kind === 'system' ? true : refuse('forbidden'));

/**
 * The day of a reserved change. Where members, cases or associations below have come since, it stays reserved and is told as
 * refused, so that a keeper sees it and takes it back.
 */
export const carryOutChange = command({
  name: 'association.carryOutChange',
  input: changeIdInput,
  locks: async (tx, input) => await lockOfChange(tx, input),
  load: async (tx, { id }, ctx) => await standingOf(tx, id, ctx.today),
  allow: systemOnly,
  decide: (ctx, standing) => {
    const { change } = standing;
    const isDue = change.batchId === null && awaitsDay(change.state) && change.startsOn <= ctx.today;
    return isDue ? stands(standing) : refuse('conflict', { message: texts.settled });
  },
  save: async (tx, { ctx, decision: change }) => ({
    value: {},
    audit: { action: 'association.carryOutChange', target: change.id, detail: { kind: change.kind, startsOn: change.startsOn } },
    events: await carryOut(tx, ctx, change),
  }),
});

/** Everybody has moved: workplaces follow, and the change is done. Refused while somebody is left. */
export const finishMove = command({
  name: 'association.finishMove',
  input: changeIdInput,
  locks: async (tx, input) => await lockOfChange(tx, input),
  load: async (tx, { id }, ctx) => {
    const change = await findChange(tx, id);
    if (change === undefined) return undefined;
    const later = new Date(ctx.now.getTime() + 1_000);
    return { change, left: (await listMovers(tx, id, { retryBefore: later, most: 1 })).length };
  },
  allow: systemOnly,
  decide: (_ctx, { change, left }) =>
    isMoving(change.state) && change.targetId !== null && left === 0
      ? accepted({ ...change, targetId: change.targetId })
      : refuse('conflict', { message: texts.settled }),
  save: async (tx, { ctx, decision: change }) => {
    const { associationId: from, targetId: to, splitRule: rule, splitEntries: entries } = change;
    await moveFacilities(tx, { from, to, rule, entries });
    await moveChange(tx, change.id, { state: 'done', by: actorName(ctx.actor), at: ctx.now });
    const events = change.kind === 'merge' ? [ended(from, addDays(ctx.today, -1), change.carriesStaff ? to : null)] : [];
    return { value: {}, audit: { action: 'association.finishMove', target: change.id, detail: { kind: change.kind } }, events };
  },
});
