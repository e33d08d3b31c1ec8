import { actingAccount, actorName } from '#kernel/actor.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { awaitsFirstDay, isTakenBack, stateOn } from '../flow.ts';
import type { MasterRow } from '../master-fields.ts';
import { findMaster } from '../master-list.store.server.ts';
import { masterTexts as texts } from '../master-messages.ts';
import { withdrawOpeningInput } from '../master-schema.ts';
import { burdenOf, hasOpenChange } from '../master.store.server.ts';
import { moveOpenings } from '../opening.store.server.ts';
import {
  countInvitations,
  insertOpeningWithdrawal,
  listOpenedLines,
  listPlannedBelow,
  listWaitingBelow,
} from '../opening-withdrawal.store.server.ts';
import { mayKeepMaster } from '../policy.ts';
import { isOpenTarget } from '../reorganisation.store.server.ts';
import { masterLock } from './carry-change.ts';
import { isBurdened } from './judge-change.ts';
import { batchLock } from './keep-batch.ts';

/** 予約を取り消す of a new association (`screens.md J-02`): as a change of the tree is taken back, by one person, before its day. */

/** Plans that count on it; those who entered them take them back first. */
async function plansAgainst(tx: ReadTransaction, { id, code }: MasterRow): Promise<string | undefined> {
  if (await hasOpenChange(tx, id)) return texts.openingChange;
  if (await isOpenTarget(tx, id)) return texts.openingTarget;
  const planned = await listPlannedBelow(tx, id);
  if (planned.length > 0) return texts.openingParent(planned);
  const waiting = await listWaitingBelow(tx, code);
  return waiting.length > 0 ? texts.openingWaiting(waiting) : undefined;
}

/** What stands in the way; undefined when nothing does. */
async function against(tx: ReadTransaction, present: MasterRow): Promise<string | undefined> {
  const plan = await plansAgainst(tx, present);
  if (plan !== undefined) return plan;
  const burden = await burdenOf(tx, present.id, present.opensOn);
  if (burden.below > 0) return texts.openingBelow(burden.below);
  if (isBurdened(burden)) return texts.burden(burden, present.opensOn);
  // The day has come elsewhere while this was on its way.
  return burden.staff > 0 || (await countInvitations(tx, present.id)) > 0 ? texts.openingInvited : undefined;
}

/**
 * The association stays in the master as 取消 and never comes into force; its code is not free again, for the news, the records and
 * saved files name it by this code. Every office is told, as of the opening.
 */
export const withdrawOpening = command({
  name: 'association.withdrawOpening',
  input: withdrawOpeningInput,
  // Nobody changes it, plans below it, or invites its 初期管理者 meanwhile.
  locks: async (_tx, { code }) =>
    await Promise.resolve([...masterLock(code), ...batchLock('new'), { kind: 'association' as const, id: String(Number(code)) }]),
  load: async (tx, { code }, ctx) => {
    const present = mayKeepMaster(ctx.actor) ? await findMaster(tx, code, ctx.today) : undefined;
    if (present === undefined) return undefined;
    return { present, why: await against(tx, present), lines: await listOpenedLines(tx, code) };
  },
  allow: (ctx) => (mayKeepMaster(ctx.actor) ? true : refuse('forbidden')),
  decide: (ctx, { present, why }) => {
    const accountId = actingAccount(ctx.actor);
    if (accountId === undefined) return refuse('forbidden');
    const state = stateOn(present, ctx.today);
    if (isTakenBack(state)) return refuse('conflict', { message: texts.openingWithdrawn });
    if (!awaitsFirstDay(state)) return refuse('conflict', { message: texts.openingBegun });
    return why === undefined ? accepted(accountId) : refuse('conflict', { message: why });
  },
  save: async (tx, { ctx, target: { present, lines }, decision: withdrawnBy, input: { withdrawalReason: reason } }) => {
    const { id: associationId, code, opensOn } = present;
    const by = actorName(ctx.actor);
    await insertOpeningWithdrawal(tx, { associationId, opensOn, reason, withdrawnBy, withdrawnName: by, withdrawnAt: ctx.now }, ctx.today);
    await moveOpenings(tx, lines, { state: 'withdrawn', by, at: ctx.now, forget: true });
    return {
      value: { code },
      audit: { action: 'association.withdrawOpening', target: code, detail: { opensOn, reason } },
      events: [{ kind: 'association.openingWithdrawn', payload: { associationId, sourceAssociationId: 0, startsOn: opensOn } }],
    };
  },
});
