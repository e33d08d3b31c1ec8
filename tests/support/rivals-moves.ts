import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { acknowledge, acknowledgeLate } from '#features/application/commands/acknowledge.ts';
import { approve } from '#features/application/commands/approve.ts';
import { cancel } from '#features/application/commands/cancel.ts';
import { setAttention } from '#features/application/commands/correspond.ts';
import { receive } from '#features/application/commands/receive.ts';
import { reject } from '#features/application/commands/reject.ts';
import { retract } from '#features/application/commands/retract.ts';
import { returnCase } from '#features/application/commands/return-case.ts';
import { revoke, revokeLeave } from '#features/application/commands/revoke.ts';
import { actionOf } from '#features/bulk/actions.ts';
import { must, system } from '#main/demo/acting.ts';
import { fileWithdrawal } from '#main/demo/leaving.ts';
import { run } from '#platform/command/command.ts';
import { firstReason, kita, minato } from './case-mix.ts';
import { fileTransfer, memberOf } from './moving.ts';
import { currentVersion } from './rivals.ts';
import type { World } from './world.ts';

/** P2 for leaves and transfers: what excludes each other after, before and between the decisions of several offices. */

const osaka = 27_000;
const tokyo = 13_000;
const leaveOn = '2026-03-31';
const joinOn = '2026-04-01';

export type MoveState = 'leaving' | 'left' | 'moving' | 'halfway' | 'moved';

export type Deed =
  | 'receive'
  | 'approve'
  | 'bulkApprove'
  | 'return'
  | 'reject'
  | 'cancel'
  | 'attention'
  | 'revoke'
  | 'revokeLeave'
  | 'acknowledge';

/** An office's deed by its association, the doctor's 取下げ, or the nightly 自動確認 of an association. */
export type Rival = { deed: Deed; at: number } | { deed: 'retract' } | { deed: 'late'; at: number };

export type MoveContest = { id: string; doctor: DoctorActor; version: number };

export type MoveArena = {
  world: World;
  offices: Map<number, OfficeActor>;
  categories: Map<number, number>;
  reasons: { reject: string; cancel: string; revokeLeave: string };
};

export async function openMoveArena(world: World): Promise<MoveArena> {
  const chains = [...(await world.offices(kita)), ...(await world.offices(minato))];
  const { rows } = await world.database.system.query<{ association_id: number; id: number }>(
    'SELECT association_id, min(id)::int AS id FROM member_category WHERE association_id = ANY ($1) GROUP BY 1',
    [chains.map((office) => office.associationId)],
  );
  return {
    world,
    offices: new Map(chains.map((office) => [office.associationId, office])),
    categories: new Map(rows.map((row) => [row.association_id, row.id])),
    reasons: {
      reject: await firstReason(world, 'reject'),
      cancel: await firstReason(world, 'cancel'),
      revokeLeave: await firstReason(world, 'withdrawal_cancel'),
    },
  };
}

/** A fresh case in the state asked for. */
export async function moveContest(arena: MoveArena, state: MoveState): Promise<MoveContest> {
  const { world } = arena;
  const doctor = await memberOf(world, kita);
  const leaves = state === 'leaving' || state === 'left';
  const id = leaves
    ? (await fileWithdrawal(world.as(doctor), { leave: [kita], wishedOn: leaveOn })).id
    : await fileTransfer(world, doctor, { from: kita, to: minato, wishedOn: joinOn, leaveOn });
  const approved = { leaving: [], left: [kita], moving: [], halfway: [kita], moved: [kita, minato, tokyo] }[state];
  for (const at of approved)
    must(await moveAttempt(arena, { id, doctor, version: await currentVersion(world, id) }, { deed: 'approve', at }));
  return { id, doctor, version: await currentVersion(world, id) };
}

async function stepAt(arena: MoveArena, id: string, association: number): Promise<string> {
  const { rows } = await arena.world.database.system.query<{ id: string }>(
    "SELECT id FROM application_step WHERE application_id = $1 AND association_id = $2 AND role = 'acknowledge'",
    [id, association],
  );
  return rows[0]?.id ?? newId();
}

/** One attempt on the version that the person saw, each with a key of its own. */
export async function moveAttempt(arena: MoveArena, contest: MoveContest, rival: Rival): Promise<Outcome<unknown>> {
  const at = { id: contest.id, version: contest.version };
  const { world, reasons } = arena;
  const key = newId();
  if (rival.deed === 'retract') return await run(retract, world.as(contest.doctor), { ...at, reason: reasons.cancel }, key);
  if (rival.deed === 'late')
    return await run(acknowledgeLate, world.as(system), { id: at.id, stepId: await stepAt(arena, at.id, rival.at) });
  const office = arena.offices.get(rival.at);
  if (office === undefined) throw new Error(`no office ${rival.at}`);
  const decidedOn = rival.at === kita ? leaveOn : joinOn;
  const approval = { ...at, decidedOn, confirmed: 'on', ...(rival.at === kita ? {} : { categoryId: arena.categories.get(rival.at) }) };
  const ctx = world.as(office);
  const deeds: Record<Deed, () => Promise<Outcome<unknown>>> = {
    receive: async () => await run(receive, ctx, at, key),
    approve: async () => await run(approve, ctx, approval, key),
    bulkApprove: async () => await actionOf('approve').execute(ctx, approval, key),
    return: async () => await run(returnCase, ctx, { ...at, reasons: ['R04'], fields: [], message: 'ご確認ください。' }, key),
    reject: async () => await run(reject, ctx, { ...at, reason: reasons.reject, message: '見送りとします。' }, key),
    cancel: async () => await run(cancel, ctx, { ...at, reason: reasons.cancel }, key),
    attention: async () => await run(setAttention, ctx, { ...at, attention: 'on', reason: '要確認' }, key),
    revoke: async () => await run(revoke, ctx, { ...at, reason: '誤って承認したため' }, key),
    revokeLeave: async () => await run(revokeLeave, ctx, { ...at, reason: reasons.revokeLeave, note: '本人の申し出' }, key),
    acknowledge: async () => await run(acknowledge, ctx, at, key),
  };
  return await deeds[rival.deed]();
}

const by = (at: number, ...deeds: readonly Deed[]): Rival[] => deeds.map((deed) => ({ deed, at }));

/** Everything that excludes everything else in a state, whichever office does it. */
export const moveRivals: Readonly<Record<MoveState, readonly Rival[]>> = {
  leaving: [...by(kita, 'receive', 'approve', 'bulkApprove', 'return', 'reject', 'cancel'), { deed: 'retract' }],
  left: [...by(kita, 'revokeLeave', 'attention'), ...by(osaka, 'acknowledge'), ...by(0, 'acknowledge')],
  moving: [...by(kita, 'approve', 'reject', 'return'), ...by(minato, 'approve', 'bulkApprove', 'reject', 'cancel'), { deed: 'retract' }],
  halfway: [...by(kita, 'revoke'), ...by(minato, 'approve', 'return', 'reject', 'cancel')],
  moved: [...by(tokyo, 'revoke'), ...by(osaka, 'acknowledge'), ...by(minato, 'attention')],
};
