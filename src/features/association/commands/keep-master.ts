import { actingAccount, actorName } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { awaitsDay, changeFlow, mayWithdraw } from '../flow.ts';
import { isFormChangeKind } from '../master-fields.ts';
import { masterTexts as texts } from '../master-messages.ts';
import { changeIdInput, proposeInput } from '../master-schema.ts';
import { findChange, insertChanges, moveChange } from '../master.store.server.ts';
import { mayKeepMaster } from '../policy.ts';
import { carryOut, endTold, lockOfChange, masterLock, standingOf, stands } from './carry-change.ts';
import { changeGround, decideChange, isCode } from './judge-change.ts';

/** 医師会マスタ is kept by the JMA (`screens.md J-02`, `rules.md 1.2`); a change waits for a second person and for its day. */

const keepersOnly = (ctx: Context) => (mayKeepMaster(ctx.actor) ? true : refuse('forbidden'));

/** 組織改編 as the first person enters it. */
export const proposeChange = command({
  name: 'association.proposeChange',
  input: proposeInput,
  // Who stands above by it, or takes its members, must not be taken back meanwhile.
  locks: async (_tx, input) =>
    await Promise.resolve([input.code, input.parentCode, input.targetCode].filter((code) => isCode(code)).flatMap(masterLock)),
  load: async (tx, input, ctx) => (mayKeepMaster(ctx.actor) ? await changeGround(tx, input, ctx.today) : undefined),
  allow: keepersOnly,
  decide: (ctx, ground, input) => {
    const accountId = actingAccount(ctx.actor);
    if (accountId === undefined || !isFormChangeKind(input.kind)) return refuse('forbidden');
    const wanted = decideChange(ground, input, ctx.today);
    return wanted.ok ? accepted({ ...wanted.value, accountId }) : wanted;
  },
  save: async (tx, { ctx, target: { present }, decision: { accountId, ...wanted }, input }) => {
    const id = newId();
    await insertChanges(tx, [
      {
        ...wanted,
        id,
        associationId: present.id,
        startsOn: input.startsOn,
        reason: input.reason,
        proposedBy: accountId,
        proposedName: actorName(ctx.actor),
        proposedAt: ctx.now,
        requestId: null,
      },
    ]);
    return {
      value: { id },
      audit: { action: 'association.proposeChange', target: present.code, detail: { kind: wanted.kind, startsOn: input.startsOn } },
      events: [],
    };
  },
  constraints: { association_change_open: () => refuse('conflict', { message: texts.changeOpen }) },
});

/** 予約する by a second person; what begins today is carried out at once. */
export const reserveChange = command({
  name: 'association.reserveChange',
  input: changeIdInput,
  locks: async (tx, input) => await lockOfChange(tx, input),
  load: async (tx, { id }, ctx) => await standingOf(tx, id, ctx.today),
  allow: keepersOnly,
  decide: (ctx, standing) => {
    const { change } = standing;
    if (change.batchId !== null) return refuse('conflict', { message: texts.batchLine });
    if (changeFlow.next(change.state, 'reserve') === undefined) return refuse('conflict', { message: texts.settled });
    if (change.proposedBy === actingAccount(ctx.actor)) return refuse('forbidden', { message: texts.samePerson });
    if (change.startsOn < ctx.today) return refuse('conflict', { message: texts.dayPassed });
    return standing.unmapped > 0 ? refuse('conflict', { message: texts.categoryMissing }) : stands(standing);
  },
  save: async (tx, { ctx, decision: change }) => {
    await moveChange(tx, change.id, { state: 'reserved', by: actorName(ctx.actor), at: ctx.now });
    const events = change.startsOn <= ctx.today ? await carryOut(tx, ctx, change) : [];
    return {
      value: {},
      audit: { action: 'association.reserveChange', target: change.id, detail: { kind: change.kind, startsOn: change.startsOn } },
      events: [...events, ...endTold(change)],
    };
  },
});

/** 取り消す, before the day. */
export const withdrawChange = command({
  name: 'association.withdrawChange',
  input: changeIdInput,
  locks: async (tx, input) => await lockOfChange(tx, input),
  load: async (tx, { id }) => await findChange(tx, id),
  allow: keepersOnly,
  decide: (_ctx, change) => {
    if (change.batchId !== null) return refuse('conflict', { message: texts.batchLine });
    return mayWithdraw(change.state) ? accepted(change) : refuse('conflict', { message: texts.settled });
  },
  save: async (tx, { ctx, decision: change }) => {
    await moveChange(tx, change.id, { state: 'withdrawn', by: actorName(ctx.actor), at: ctx.now });
    const events = awaitsDay(change.state) ? endTold(change) : [];
    return { value: {}, audit: { action: 'association.withdrawChange', target: change.id, detail: { kind: change.kind } }, events };
  },
});
