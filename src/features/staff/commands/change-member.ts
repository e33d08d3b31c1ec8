import type { Lock } from '#platform/command/command.ts';
import { command } from '#platform/command/command.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { isInUse } from '../flow.ts';
import { type Member, type MemberChange, endSessions, listMembers, updateMember } from '../member.store.server.ts';
import { staffMessages } from '../messages.ts';
import { staffAdmin } from '../policy.ts';
import { endsLastAdmin } from '../rules.ts';
import { changeStaffInput, staffTargetInput } from '../schema.ts';
import { wrongValidUntil } from './invite.ts';

type Around = { member: Member; colleagues: Member[]; validDays: number };

/** The whole office stands still, so that two 管理者 who end each other come one after the other (`rules.md 5.3`). */
async function lockOffice(ctx: Context): Promise<Lock[]> {
  const admin = staffAdmin(ctx.actor);
  return await Promise.resolve(admin === undefined ? [] : [{ kind: 'association', id: String(admin.associationId) }]);
}

async function around(tx: ReadTransaction, id: string, ctx: Context): Promise<Around | undefined> {
  if (ctx.actor.kind !== 'office') return undefined;
  const colleagues = await listMembers(tx, ctx.actor.associationId);
  const member = colleagues.find((one) => one.id === id);
  return member === undefined ? undefined : { member, colleagues, validDays: (await systemSettingsOf(tx)).staffValidDays };
}

/** Besides the role of the session: who was stopped a moment ago while he waited for the lock may no longer. */
function allowed(ctx: Context, { colleagues }: Around) {
  const admin = staffAdmin(ctx.actor);
  if (admin === undefined) return refuse('forbidden');
  const own = colleagues.find((one) => one.id === admin.staffId);
  return own !== undefined && (!isInUse(own.state) || own.role !== 'admin') ? lastAdmin() : true;
}

const lastAdmin = () => refuse('conflict', { message: staffMessages.lastAdmin });

function refusal({ member, colleagues }: Around, change: MemberChange & { version: number }, ctx: Context) {
  if (member.version !== change.version) {
    return refuse('conflict', { message: staffMessages.changedSince, current: { version: member.version } });
  }
  return endsLastAdmin(colleagues, { id: member.id, ...change }, ctx.today) ? lastAdmin() : undefined;
}

/** What the record says of a change, values of names left out. */
function changesOf(member: Member, change: MemberChange): Record<string, unknown> {
  const renamed = (['surname', 'givenName', 'surnameKana', 'givenNameKana'] as const).some((part) => member[part] !== change[part]);
  return {
    ...(member.role === change.role ? {} : { role: [member.role, change.role] }),
    ...(member.state === change.state ? {} : { state: [member.state, change.state] }),
    ...(member.validUntil === change.validUntil ? {} : { validUntil: [member.validUntil, change.validUntil] }),
    ...(renamed ? { renamed } : {}),
  };
}

/** 保存する (`screens.md O-17`): name, 権限, 使用状態, 有効期間. 停止中 ends his sessions at once. */
export const changeMember = command({
  name: 'staff.change',
  input: changeStaffInput,
  locks: async (_tx, _input, ctx) => await lockOffice(ctx),
  load: async (tx, { id }, ctx) => await around(tx, id, ctx),
  allow: allowed,
  decide: (ctx, target, input) => {
    const refused = refusal(target, input, ctx);
    if (refused !== undefined) return refused;
    const kept = input.validUntil === target.member.validUntil;
    return (kept ? undefined : wrongValidUntil(input.validUntil, ctx.today, target.validDays)) ?? accepted(input);
  },
  save: async (tx, { target: { member }, decision }) => {
    await updateMember(tx, member.id, decision);
    if (!isInUse(decision.state)) await endSessions(tx, member.id);
    return {
      value: { id: member.id },
      audit: { action: 'staff.change', target: member.id, detail: changesOf(member, decision) },
      events: [],
    };
  },
});

/** 削除する (`screens.md O-17`): the person's acts stay under the name; his sessions end at once. */
export const removeMember = command({
  name: 'staff.delete',
  input: staffTargetInput,
  locks: async (_tx, _input, ctx) => await lockOffice(ctx),
  load: async (tx, { id }, ctx) => await around(tx, id, ctx),
  allow: allowed,
  decide: (ctx, target, { version }) => {
    const change = { ...target.member, state: 'deleted' as const };
    return refusal(target, { ...change, version }, ctx) ?? accepted(change);
  },
  save: async (tx, { target: { member }, decision }) => {
    await updateMember(tx, member.id, decision);
    await endSessions(tx, member.id);
    return { value: { id: member.id }, audit: { action: 'staff.delete', target: member.id }, events: [] };
  },
});

/** ログイン中の端末をすべて終了する (`screens.md O-17`); the value is how many there were. */
export const endMemberSessions = command({
  name: 'staff.endSessions',
  input: staffTargetInput.pick({ id: true }),
  locks: async (_tx, _input, ctx) => await lockOffice(ctx),
  load: async (tx, { id }, ctx) => await around(tx, id, ctx),
  allow: allowed,
  decide: (_ctx, target) => accepted(target.member),
  save: async (tx, { decision }) => {
    const ended = await endSessions(tx, decision.id);
    return { value: { ended }, audit: { action: 'staff.endSessions', target: decision.id, detail: { ended } }, events: [] };
  },
});
