import { command } from '#platform/command/command.ts';
import { accepted } from '#kernel/refusal.ts';
import { isInUse } from '../flow.ts';
import { type Member, type MemberChange, endSessions, updateMember } from '../member.store.server.ts';
import { changeStaffInput, staffTargetInput } from '../schema.ts';
import { allowed, around, lockOffice, refusalOf } from './around-member.ts';
import { wrongValidUntil } from './invite.ts';

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
    const refused = refusalOf(target, input, ctx);
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
    return refusalOf(target, { ...change, version }, ctx) ?? accepted(change);
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
