import type { ChangeSource } from '#features/facility/commands/keep-facility.ts';
import { mergeFacility } from '#features/facility/commands/keep-facility.ts';
import { isRegistered } from '#features/facility/fields.ts';
import type { Facility } from '#features/facility/queries/facility.ts';
import { facilityToMerge } from '#features/facility/queries/facility.ts';
import { actingAccount, actingAssociation } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import type { FieldErrors, Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { isMerged } from '../flow.ts';
import { texts } from '../messages.ts';
import { mayMerge } from '../policy.ts';
import { closingOf, mergeDayFault } from '../rules.ts';
import { actInput, idOnly, mergeInput } from '../schema.ts';
import type { Proposal } from '../store.server.ts';
import { findProposal, hasPlannedMerge } from '../store.server.ts';
import { proposalLocks, settle, stateAfter } from './decide.ts';
import { follow, followers } from './follow.ts';

/** 統合する (`screens.md J-06`): one facility stays, the other is closed into it, today or on a day that is set now. */

type Both = { closes: Facility; stays: Facility };
type Target = { proposal: Proposal; both: Partial<Both>; planned: boolean; personIds: string[] };

/** Who would follow, for the locks: nobody may change their memberships meanwhile. */
async function personLocks(tx: ReadTransaction, ctx: Context, at: { facilityId: string | undefined; on: Day }) {
  const { facilityId, on } = at;
  const ids = facilityId === undefined ? [] : await followers(tx, ctx, { facilityId, on });
  return ids.map((id) => ({ kind: 'person' as const, id }));
}

/** The rows are held before anybody is counted: who comes to the closing facility meanwhile comes to the other one. */
async function loadTarget(tx: WriteTransaction, ctx: Context, asked: { id: string; stays: string; on: Day }): Promise<Target | undefined> {
  const proposal = await findProposal(tx, asked.id);
  if (proposal === undefined) return undefined;
  const closing = closingOf(proposal, asked.stays);
  if (closing === undefined) return { proposal, both: {}, planned: false, personIds: [] };
  const [closes, stays] = [await facilityToMerge(tx, closing), await facilityToMerge(tx, asked.stays)];
  const planned = await hasPlannedMerge(tx, { facilityIds: [closing, asked.stays], exceptId: asked.id });
  const now = asked.on <= ctx.today;
  const personIds = now ? await followers(tx, ctx, { facilityId: closing, on: asked.on }) : [];
  return { proposal, both: { ...(closes && { closes }), ...(stays && { stays }) }, planned, personIds };
}

function fitting({ both: { closes, stays }, planned }: Target): Outcome<Both> {
  if (stays === undefined || closes === undefined) return refuseFields({ stays: [texts.needsStays] });
  if (![stays, closes].every((one) => isRegistered(one.state))) return refuse('conflict', { message: texts.closed });
  return planned ? refuse('conflict', { message: texts.plannedElsewhere }) : accepted({ closes, stays });
}

function faultsOf(on: Day, today: Day, { confirmed, whole }: { confirmed: boolean; whole: boolean }): FieldErrors {
  const fault = mergeDayFault(on, today);
  return {
    ...(fault === undefined ? {} : { on: [fault === 'past' ? texts.fromToday : texts.tooFar] }),
    ...(whole ? {} : { stays: [texts.needsStays] }),
    ...(confirmed ? {} : { confirmed: [texts.needsConfirmation] }),
  };
}

type Merging = { proposal: Proposal; both: Both; on: Day; source: ChangeSource; personIds: readonly string[] };

/** The one is closed into the other, and who works there follows; answers with the events. */
async function merge(tx: WriteTransaction, ctx: Context, { both, on, source, personIds }: Merging) {
  const { closes, stays } = both;
  await mergeFacility(tx, ctx, { closes, stays, source, on });
  return await follow(tx, ctx, { from: closes.id, to: stays.id, on, reason: texts.mergeReason, sourceId: source.deciderId, personIds });
}

const auditOf = ({ proposal, both, on, personIds }: Merging) => ({
  action: 'facility.merge',
  target: proposal.id,
  personIds: [...personIds],
  detail: { stays: both.stays.id, closes: both.closes.id, on, people: personIds.length },
});

/**
 * 統合する: as of today the other facility is closed and everybody who works there works at the one that stays, within this transaction
 * or, where they are very many, by jobs that begin at once. A day to come is kept as a plan. Days before it stay as they were.
 */
export const mergeDuplicates = command({
  name: 'facility.merge',
  input: mergeInput,
  locks: async (tx, { id, stays, on }, ctx) => {
    const proposal = mayMerge(ctx.actor) && (on ?? ctx.today) <= ctx.today ? await findProposal(tx, id) : undefined;
    const facilityId = proposal === undefined ? undefined : closingOf(proposal, stays);
    return [...(await personLocks(tx, ctx, { facilityId, on: ctx.today })), ...(await proposalLocks(tx, id))];
  },
  load: async (tx, { id, stays, on }, ctx) =>
    mayMerge(ctx.actor)
      ? await loadTarget(tx, ctx, { id, stays, on: on ?? ctx.today })
      : await loadTarget(tx, ctx, { id, stays: '', on: ctx.today }),
  allow: (ctx) => (mayMerge(ctx.actor) ? true : refuse('forbidden')),
  decide: (ctx, target, { version, confirmed, on }) => {
    const day = on ?? ctx.today;
    const action = day > ctx.today ? ('plan' as const) : ('merge' as const);
    const next = stateAfter(target.proposal, action, version);
    if (!next.ok) return next;
    const faults = faultsOf(day, ctx.today, { confirmed, whole: target.both.stays !== undefined && target.both.closes !== undefined });
    if (Object.keys(faults).length > 0) return refuseFields(faults);
    const both = fitting(target);
    return both.ok ? accepted({ state: next.value, action, both: both.value, day }) : both;
  },
  save: async (tx, { ctx, target: { proposal, personIds }, decision: { state, action, both, day }, input: { answer } }) => {
    const [deciderId, plannedBy] = [actingAssociation(ctx.actor), actingAccount(ctx.actor)];
    if (deciderId === undefined || plannedBy === undefined) throw new Error('a merge by no office');
    const plan = { staysId: both.stays.id, mergeOn: day, plannedBy };
    const saved = await settle(tx, { ctx, proposal, action, state, answer }, { plan, content: { forwarded: true } });
    if (!isMerged(state)) return { ...saved, audit: { ...saved.audit, detail: { stays: both.stays.id, closes: both.closes.id, on: day } } };
    const source = { proposalId: proposal.id, associationId: proposal.associationId, deciderId };
    const merging: Merging = { proposal, both, on: day, source, personIds };
    const events = await merge(tx, ctx, merging);
    return { ...saved, audit: auditOf(merging), events: [...saved.events, ...events] };
  },
});

/** 統合の予定を取り消す, before its day: the report waits for the JMA again. */
export const withdrawMerge = command({
  name: 'facility.withdrawMerge',
  input: actInput,
  locks: async (tx, { id }) => await proposalLocks(tx, id),
  load: async (tx, { id }) => await findProposal(tx, id),
  allow: (ctx) => (mayMerge(ctx.actor) ? true : refuse('forbidden')),
  decide: (ctx, proposal, { version }) => {
    const next = stateAfter(proposal, 'unplan', version);
    const late = proposal.mergeOn !== null && proposal.mergeOn <= ctx.today;
    return next.ok && late ? refuse('conflict', { message: texts.dayHasCome }) : next;
  },
  save: async (tx, { ctx, target: proposal, decision: state }) => {
    const back = { plan: null, content: { forwarded: true, unplanned: true } };
    return await settle(tx, { ctx, proposal, action: 'unplan', state, answer: '' }, back);
  },
});

const jmaId = 0;

/** The day of a planned merge, as of that day, in the name of who set it. */
export const carryOutMerge = command({
  name: 'facility.carryOutMerge',
  input: idOnly,
  locks: async (tx, { id }, ctx) => {
    const proposal = await findProposal(tx, id);
    const facilityId = proposal === undefined ? undefined : closingOf(proposal, proposal.staysId ?? '');
    const persons = await personLocks(tx, ctx, { facilityId, on: proposal?.mergeOn ?? ctx.today });
    return [...persons, ...(await proposalLocks(tx, id))];
  },
  load: async (tx, { id }, ctx) => {
    const proposal = await findProposal(tx, id);
    return await loadTarget(tx, ctx, { id, stays: proposal?.staysId ?? '', on: proposal?.mergeOn ?? ctx.today });
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (ctx, target) => {
    const { version, mergeOn: on, plannedBy } = target.proposal;
    const next = stateAfter(target.proposal, 'merge', version);
    if (!next.ok) return next;
    if (on === null || plannedBy === null || on > ctx.today) return refuse('conflict', { message: texts.decided });
    const both = fitting(target);
    return both.ok ? accepted({ state: next.value, both: both.value, on, plannedBy }) : both;
  },
  save: async (tx, { ctx, target: { proposal, personIds }, decision: { state, both, on, plannedBy } }) => {
    const byName = proposal.decidedName;
    const saved = await settle(tx, { ctx, proposal, action: 'merge', state, answer: proposal.answer, byName });
    const { id: proposalId, associationId } = proposal;
    const source = { proposalId, associationId, deciderId: jmaId, signed: { by: plannedBy, byName } };
    const merging: Merging = { proposal, both, on, source, personIds };
    const events = await merge(tx, ctx, merging);
    return { ...saved, audit: auditOf(merging), events: [...saved.events, ...events] };
  },
});
