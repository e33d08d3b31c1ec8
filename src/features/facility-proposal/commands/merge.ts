import { mergeFacility } from '#features/facility/commands/keep-facility.ts';
import { isRegistered } from '#features/facility/fields.ts';
import type { Facility } from '#features/facility/queries/facility.ts';
import { facilityToMerge } from '#features/facility/queries/facility.ts';
import { followFacility } from '#features/membership/commands/record.ts';
import { peopleAt } from '#features/membership/queries/people-at.ts';
import { actingAssociation } from '#kernel/actor.ts';
import type { FieldErrors } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { texts } from '../messages.ts';
import { mayMerge } from '../policy.ts';
import { mostMerged } from '../rules.ts';
import { mergeInput } from '../schema.ts';
import type { Proposal } from '../store.server.ts';
import { findProposal } from '../store.server.ts';
import { proposalLocks, settle, stateAfter } from './decide.ts';

/** The facility that closes, when the other stays; undefined where `stays` is neither. */
function closingOf(proposal: Proposal | undefined, stays: string): string | undefined {
  const both = [proposal?.facilityId, proposal?.otherId];
  return both.includes(stays) ? (both.find((id) => id !== stays) ?? undefined) : undefined;
}

/** One more than may be carried over at once. */
const wanted = mostMerged + 1;

async function people(tx: ReadTransaction, ctx: Context, facilityId: string): Promise<string[]> {
  return await peopleAt(tx, ctx.actor, { facilityId, on: ctx.today, most: wanted });
}

type Target = { proposal: Proposal; closes: Facility | undefined; stays: Facility | undefined; personIds: string[] };

/** The rows are held before anybody is counted: who comes to the closing facility meanwhile comes to the other one. */
async function loadTarget(tx: WriteTransaction, ctx: Context, { id, stays }: { id: string; stays: string }): Promise<Target | undefined> {
  const proposal = await findProposal(tx, id);
  if (proposal === undefined) return undefined;
  const closing = closingOf(proposal, stays);
  if (closing === undefined || !mayMerge(ctx.actor)) return { proposal, closes: undefined, stays: undefined, personIds: [] };
  return {
    proposal,
    closes: await facilityToMerge(tx, closing),
    stays: await facilityToMerge(tx, stays),
    personIds: await people(tx, ctx, closing),
  };
}

/**
 * 統合する (`screens.md J-06`): one facility stays, the other is closed as of today, and everybody who works there works at the one that
 * stays from today on, in one transaction. Days before today stay as they were.
 */
export const mergeDuplicates = command({
  name: 'facility.merge',
  input: mergeInput,
  locks: async (tx, { id, stays }, ctx) => {
    const closing = mayMerge(ctx.actor) ? closingOf(await findProposal(tx, id), stays) : undefined;
    const persons = closing === undefined ? [] : await people(tx, ctx, closing);
    return [...persons.map((person) => ({ kind: 'person' as const, id: person })), ...(await proposalLocks(tx, id))];
  },
  load: async (tx, input, ctx) => await loadTarget(tx, ctx, input),
  allow: (ctx) => (mayMerge(ctx.actor) ? true : refuse('forbidden')),
  decide: (_ctx, { proposal, closes, stays, personIds }, { version, confirmed }) => {
    const next = stateAfter(proposal, 'merge', version);
    if (!next.ok) return next;
    const unconfirmed: FieldErrors = confirmed ? {} : { confirmed: [texts.needsConfirmation] };
    if (stays === undefined || closes === undefined) return refuseFields({ stays: [texts.needsStays], ...unconfirmed });
    if (![stays, closes].every((one) => isRegistered(one.state))) return refuse('conflict', { message: texts.closed });
    if (!confirmed) return refuseFields(unconfirmed);
    if (personIds.length > mostMerged) return refuse('conflict', { message: texts.tooMany(mostMerged) });
    return accepted({ state: next.value, stays, closes });
  },
  save: async (tx, { ctx, target: { proposal, personIds }, decision: { state, stays, closes }, input: { answer } }) => {
    const deciderId = actingAssociation(ctx.actor);
    if (deciderId === undefined) throw new Error('a merge by no office');
    const source = { proposalId: proposal.id, associationId: proposal.associationId, deciderId };
    await mergeFacility(tx, ctx, { closes, stays, source });
    for (const personId of personIds)
      await followFacility(tx, ctx, { personId, from: closes.id, to: stays.id, on: ctx.today, reason: texts.mergeReason });
    const saved = await settle(tx, { ctx, proposal, action: 'merge', state, answer });
    const detail = { stays: stays.id, closes: closes.id, people: personIds.length };
    return { ...saved, audit: { action: 'facility.merge', target: proposal.id, personIds, detail } };
  },
});
