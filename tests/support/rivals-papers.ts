import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { approve } from '#features/application/commands/approve.ts';
import { cancel } from '#features/application/commands/cancel.ts';
import { deleteDraft } from '#features/application/commands/delete-draft.ts';
import { object } from '#features/application/commands/object.ts';
import { receive } from '#features/application/commands/receive.ts';
import { registerDeath } from '#features/application/commands/register-death.ts';
import { reject } from '#features/application/commands/reject.ts';
import { resubmitChange, resubmitTransfer } from '#features/application/commands/resubmit-move.ts';
import { resubmitWithdrawal } from '#features/application/commands/resubmit-withdrawal.ts';
import { retract } from '#features/application/commands/retract.ts';
import { returnCase } from '#features/application/commands/return-case.ts';
import { revokeDeath } from '#features/application/commands/revoke-death.ts';
import { submitChange } from '#features/application/commands/submit-change.ts';
import { submitTransfer } from '#features/application/commands/submit-transfer.ts';
import { submitWithdrawal } from '#features/application/commands/submit-withdrawal.ts';
import { must } from '#main/demo/acting.ts';
import { approveLeaveAs, draftWithdrawal, fileWithdrawal } from '#main/demo/leaving.ts';
import { run } from '#platform/command/command.ts';
import { firstReason, kita, minato } from './case-mix.ts';
import { draftChange, draftTransfer, fileChange, fileTransfer, memberOf } from './moving.ts';
import { draftedLeave, filedLeave, grounds, registeredDeath } from './proxying.ts';
import { currentVersion } from './rivals.ts';
import type { World } from './world.ts';
import { testNow } from './world.ts';

/** P2 for papers: drafts that are sent, returned ones that are sent again, papers that an office enters, and 異動届 within one association. */

export type PaperArena = {
  world: World;
  /** Who enters, and who may decide what the other has entered. */
  entering: OfficeActor;
  colleague: OfficeActor;
  categoryId: number;
  reasons: { reject: string; cancel: string };
};

type Attempt = () => Promise<Outcome<unknown>>;

/** A fresh case, and what each rival does to the version that he saw. */
export type PaperContest = { id: string; rivals: Readonly<Record<string, Attempt>> };

const leaveOn = '2026-03-31';
const joinOn = '2026-04-01';
const change = { associationId: kita, categories: { [kita]: 'A2B' }, wishedOn: leaveOn };
const transfer = { from: kita, to: minato, leaveOn, wishedOn: joinOn };
const leave = { leave: [kita], wishedOn: leaveOn };

export async function openPaperArena(world: World): Promise<PaperArena> {
  const [entering] = await world.offices(kita);
  if (entering === undefined) throw new Error('no district');
  const { rows } = await world.database.system.query<{ id: number }>(
    'SELECT min(id)::int AS id FROM member_category WHERE association_id = $1',
    [kita],
  );
  return {
    world,
    entering,
    colleague: { ...entering, accountId: newId(), displayName: '事務局 次郎' },
    categoryId: rows[0]?.id ?? 0,
    reasons: { reject: await firstReason(world, 'reject'), cancel: await firstReason(world, 'cancel') },
  };
}

type At = { id: string; version: number };

async function seen(world: World, id: string): Promise<At> {
  return { id, version: await currentVersion(world, id) };
}

/** What the office of a paper may do to it, each with a key of its own. */
function officeDeeds({ world, colleague, reasons, categoryId }: PaperArena, at: At, now = testNow): Record<string, Attempt> {
  const ctx = world.as(colleague, now);
  return {
    receive: async () => await run(receive, ctx, at, newId()),
    approve: async () => await run(approve, ctx, { ...at, decidedOn: leaveOn, categoryId, confirmed: 'on' }, newId()),
    return: async () => await run(returnCase, ctx, { ...at, reasons: ['R04'], fields: [], message: 'ご確認ください。' }, newId()),
    reject: async () => await run(reject, ctx, { ...at, reason: reasons.reject, message: '見送りとします。' }, newId()),
    cancel: async () => await run(cancel, ctx, { ...at, reason: reasons.cancel }, newId()),
  };
}

async function sentBack(arena: PaperArena, id: string): Promise<At> {
  const { world, colleague } = arena;
  const back = { ...(await seen(world, id)), reasons: ['R04'], fields: [], message: 'ご確認ください。' };
  must(await run(returnCase, world.as(colleague), back, newId()));
  return await seen(world, id);
}

type Resubmit = (ctx: ReturnType<World['as']>, at: At) => Promise<Outcome<unknown>>;

/** A returned paper: the doctor sends it again, or takes it back, while the office ends it. */
async function returned(arena: PaperArena, filed: { id: string; doctor: DoctorActor }, resubmit: Resubmit): Promise<PaperContest> {
  const { world, reasons } = arena;
  const at = await sentBack(arena, filed.id);
  const ctx = world.as(filed.doctor);
  return {
    id: filed.id,
    rivals: {
      resubmit: async () => await resubmit(ctx, at),
      retract: async () => await run(retract, ctx, { ...at, reason: reasons.cancel }, newId()),
      cancel: async () => await run(cancel, world.as(arena.colleague), { ...at, reason: reasons.cancel }, newId()),
    },
  };
}

/** A draft that is sent from one window and thrown away, or sent, from another. */
function drafted(ctx: ReturnType<World['as']>, at: At, submit: (key: string) => Promise<Outcome<unknown>>): PaperContest {
  return {
    id: at.id,
    rivals: { submit: async () => await submit(newId()), deleteDraft: async () => await run(deleteDraft, ctx, at, newId()) },
  };
}

async function enteredLeave(arena: PaperArena): Promise<{ id: string; doctor: DoctorActor }> {
  const { world, entering } = arena;
  const doctor = await memberOf(world, kita);
  return { doctor, id: await filedLeave(world, { actor: entering, doctor, ground: grounds.missing, leave: [kita] }) };
}

/** When the seven days of a paper entered for a missing doctor are over. */
const afterTheHold = new Date('2026-01-23T03:00:00Z');

type Papers = Readonly<Record<string, { rivals: readonly string[]; make: (arena: PaperArena) => Promise<PaperContest> }>>;

/** Papers by what lies on the table, and who reaches for them. */
export const paperContests: Papers = {
  '異動届(所属内)': {
    rivals: ['receive', 'approve', 'return', 'reject', 'cancel', 'retract'],
    make: async (arena) => {
      const { world, reasons } = arena;
      const doctor = await memberOf(world, kita);
      const at = await seen(world, await fileChange(world, doctor, change));
      const mine = async () => await run(retract, world.as(doctor), { ...at, reason: reasons.cancel }, newId());
      return { id: at.id, rivals: { ...officeDeeds(arena, at), retract: mine } };
    },
  },
  '差戻しの異動届(所属内)': {
    rivals: ['resubmit', 'retract', 'cancel'],
    make: async (arena) => {
      const doctor = await memberOf(arena.world, kita);
      const id = await fileChange(arena.world, doctor, change);
      return await returned(arena, { id, doctor }, async (ctx, at) => await run(resubmitChange, ctx, at, newId()));
    },
  },
  差戻しの異動届: {
    rivals: ['resubmit', 'retract', 'cancel'],
    make: async (arena) => {
      const doctor = await memberOf(arena.world, kita);
      const id = await fileTransfer(arena.world, doctor, transfer);
      return await returned(arena, { id, doctor }, async (ctx, at) => await run(resubmitTransfer, ctx, at, newId()));
    },
  },
  差戻しの退会届: {
    rivals: ['resubmit', 'retract', 'cancel'],
    make: async (arena) => {
      const doctor = await memberOf(arena.world, kita);
      const { id } = await fileWithdrawal(arena.world.as(doctor), leave);
      return await returned(arena, { id, doctor }, async (ctx, at) => await run(resubmitWithdrawal, ctx, at, newId()));
    },
  },
  '下書きの異動届(所属内)': {
    rivals: ['submit', 'deleteDraft'],
    make: async ({ world }) => {
      const doctor = await memberOf(world, kita);
      const at = await draftChange(world, doctor, change);
      return drafted(world.as(doctor), at, async (key) => await run(submitChange, world.as(doctor), at, key));
    },
  },
  下書きの異動届: {
    rivals: ['submit', 'deleteDraft'],
    make: async ({ world }) => {
      const doctor = await memberOf(world, kita);
      const at = await draftTransfer(world, doctor, transfer);
      return drafted(world.as(doctor), at, async (key) => await run(submitTransfer, world.as(doctor), at, key));
    },
  },
  下書きの退会届: {
    rivals: ['submit', 'deleteDraft'],
    make: async ({ world }) => {
      const doctor = await memberOf(world, kita);
      const at = await draftWithdrawal(world.as(doctor), leave);
      return drafted(world.as(doctor), at, async (key) => await run(submitWithdrawal, world.as(doctor), at, key));
    },
  },
  死亡の登録の入力途中: {
    rivals: ['submit', 'deleteDraft'],
    make: async ({ world, entering }) => {
      const doctor = await memberOf(world, kita);
      const at = await draftedLeave(world, { actor: entering, doctor, ground: grounds.death, leave: [] });
      return drafted(world.as(entering), at, async (key) => await run(registerDeath, world.as(entering), { ...at, confirmed: '1' }, key));
    },
  },
  死亡の退会届: {
    rivals: ['approve', 'revokeDeath'],
    make: async ({ world, entering, colleague }) => {
      const doctor = await memberOf(world, kita);
      const at = await seen(world, await registeredDeath(world, { actor: entering, doctor }));
      const ctx = world.as(colleague);
      return {
        id: at.id,
        rivals: {
          approve: async () => await run(approve, ctx, { ...at, decidedOn: '2026-01-10', confirmed: 'on' }, newId()),
          revokeDeath: async () => await run(revokeDeath, ctx, { ...at, note: '同姓の別の方と分かった' }, newId()),
        },
      };
    },
  },
  死亡で終わった退会届: {
    rivals: ['revokeDeath'],
    make: async ({ world, entering, colleague }) => {
      const doctor = await memberOf(world, kita);
      const id = await registeredDeath(world, { actor: entering, doctor });
      must(await approveLeaveAs(world.as(colleague), id, '2026-01-10'));
      const at = await seen(world, id);
      return {
        id,
        rivals: {
          revokeDeath: async () => await run(revokeDeath, world.as(colleague), { ...at, note: '同姓の別の方と分かった' }, newId()),
        },
      };
    },
  },
  所在不明の退会届: {
    rivals: ['receive', 'approve', 'cancel'],
    make: async (arena) => {
      const at = await seen(arena.world, (await enteredLeave(arena)).id);
      return { id: at.id, rivals: officeDeeds(arena, at, afterTheHold) };
    },
  },
  心当たりのない退会届: {
    rivals: ['object'],
    make: async (arena) => {
      const { id, doctor } = await enteredLeave(arena);
      return {
        id,
        rivals: { object: async () => await run(object, arena.world.as(doctor), { id, note: '引き続き勤務しています。' }, newId()) },
      };
    },
  },
};
