import { idInput } from '#kernel/input.ts';
import { newId } from '#kernel/id.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { casesAt, hasStepAt, idsOfCasesAt, readdress } from '#features/application/commands/readdress.ts';
import { keepMoved } from '#features/association/commands/keep-move.ts';
import type { Move } from '#features/association/queries/reorganisation.ts';
import { moveUnderWay } from '#features/association/queries/reorganisation.ts';
import { passPrimary, recordInLedger, succeedAffiliation } from '#features/membership/commands/record.ts';
import type { Affiliation } from '#features/membership/queries/standing.ts';
import { affiliationsOf, stepsOfEvents, wholeLedger } from '#features/membership/queries/standing.ts';
import { carryValues } from '#features/own-list/commands/carry-values.ts';
import type { AuditNote } from '#platform/audit/audit-event.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { bothInCase, heldTexts } from '../messages.ts';
import type { PersonGround, Way } from '../rules.ts';
import { wayOf } from '../rules.ts';

type Case = Awaited<ReturnType<typeof casesAt>>[number];

type Target = { move: Move; ground: PersonGround; affiliations: Affiliation[]; cases: Case[] };

async function loadTarget(
  tx: ReadTransaction,
  ctx: Context,
  { changeId, personId }: { changeId: string; personId: string },
): Promise<Target | undefined> {
  const move = await moveUnderWay(tx, changeId);
  if (move === undefined) return undefined;
  const { events } = await wholeLedger(tx, ctx.actor, { personId, more: [move.from.id, move.to.id], on: move.startsOn });
  const affiliations = await affiliationsOf(tx, personId);
  const cases = await casesAt(tx, ctx, { personId, associationId: move.from.id });
  const ground: PersonGround = {
    from: move.from.id,
    to: move.to.id,
    startsOn: move.startsOn,
    categories: move.categories,
    ledger: events,
    stepOf: await stepsOfEvents(tx, personId, move.startsOn),
    lowestOf: (id) => affiliations.find((one) => one.id === id)?.lowestAssociationId,
    inCases: cases.flatMap((one) => one.affiliationId ?? []),
  };
  return { move, ground, affiliations, cases };
}

type Decision = { way: Way; successors: ReadonlyMap<string, string> } | { held: string };

function decisionOf({ move, ground, cases }: Target): Decision {
  const both = cases.find((one) => one.steps.some((step) => step.associationId === move.to.id));
  if (both !== undefined) return { held: bothInCase(both.number ?? '') };
  const fresh = new Map<string, string>();
  const idFor = (old: string) => {
    const id = fresh.get(old) ?? newId();
    fresh.set(old, id);
    return id;
  };
  const found = wayOf(ground, idFor);
  if (!found.ok) return { held: heldTexts[found.reason] };
  const { old, joinsOther } = found.way;
  return { way: found.way, successors: new Map(old.map((id) => [id, joinsOther ?? idFor(id)])) };
}

/** Another chain is another affiliation (`rules.md 1.3`): the same workplace, beginning at the other association. */
async function succeed(
  tx: WriteTransaction,
  ctx: Context,
  at: { target: Target; personId: string; old: string; to: string },
): Promise<void> {
  const { target, personId, old, to } = at;
  const held = target.affiliations.find((one) => one.id === old);
  if (held === undefined) throw new Error('an affiliation that is not there');
  if (target.affiliations.some((one) => one.id === to)) return await passPrimary(tx, ctx, { personId, from: old, to });
  await succeedAffiliation(tx, ctx, {
    from: old,
    to: {
      id: to,
      personId,
      facilityId: held.facilityId,
      lowestAssociationId: target.move.to.id,
      workCode: held.workCode ?? '',
      positionCode: held.positionCode ?? '',
      positionText: held.positionText,
      designations: held.designations,
      designationText: held.designationText,
      pendingIds: [],
    },
  });
}

const input = z.object({ changeId: idInput, personId: idInput });

/**
 * Carries one member over: the end in the one association, the beginning in the other, the upper memberships, the open cases, in
 * one transaction. Who cannot be carried over is noted with the reason. Repeating it changes nothing: he is not there any more.
 */
export const movePerson = command({
  name: 'reorganisation.movePerson',
  input,
  locks: async (tx, { changeId, personId }) => {
    const move = await moveUnderWay(tx, changeId);
    const cases = move === undefined ? [] : await idsOfCasesAt(tx, personId, move.from.id);
    return [{ kind: 'person', id: personId }, ...cases.map((id) => ({ kind: 'application' as const, id }))];
  },
  load: async (tx, ids, ctx) => await loadTarget(tx, ctx, ids),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, target) => accepted(decisionOf(target)),
  save: async (tx, { ctx, target, decision, input: { changeId, personId } }) => {
    const audit = { action: 'reorganisation.movePerson', target: changeId, personIds: [personId] };
    if ('held' in decision) {
      await keepMoved(tx, { changeId, personId, state: 'held', reason: decision.held, cases: 0, at: ctx.now });
      return { value: { moved: false }, audit: { ...audit, detail: { held: decision.held } }, events: [] };
    }
    for (const [old, to] of decision.successors) await succeed(tx, ctx, { target, personId, old, to });
    await recordInLedger(
      tx,
      ctx,
      decision.way.lines.map((line) => ({ ...line, personId })),
    );
    const { from, to, categories } = target.move;
    const alsoAudit: AuditNote[] = [];
    for (const one of target.cases) {
      alsoAudit.push(...(await readdress(tx, ctx, { target: one, move: { from, to, categories, affiliations: decision.successors } })));
    }
    const fields = await carryValues(tx, ctx, { personId, from, to });
    await keepMoved(tx, {
      changeId,
      personId,
      state: 'moved',
      reason: '',
      cases: target.cases.filter((one) => hasStepAt(one, from.id)).length,
      at: ctx.now,
    });
    return { value: { moved: true }, audit: { ...audit, detail: { from: from.id, to: to.id, fields } }, alsoAudit, events: [] };
  },
});
