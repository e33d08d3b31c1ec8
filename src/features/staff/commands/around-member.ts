import type { Lock } from '#platform/command/command.ts';
import type { Refused } from '#kernel/refusal.ts';
import { refuse } from '#kernel/refusal.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { isInUse } from '../flow.ts';
import type { Member, MemberChange } from '../member.store.server.ts';
import { listMembers } from '../member.store.server.ts';
import { staffMessages } from '../messages.ts';
import { staffAdmin } from '../policy.ts';
import { endsLastAdmin } from '../rules.ts';

/** What every command on one of the own office's staff asks first. */

type Around = { member: Member; colleagues: Member[]; validDays: number };

/** The whole office stands still, so that two 管理者 who end each other come one after the other (`rules.md 5.3`). */
export async function lockOffice(ctx: Context): Promise<Lock[]> {
  const admin = staffAdmin(ctx.actor);
  return await Promise.resolve(admin === undefined ? [] : [{ kind: 'association', id: String(admin.associationId) }]);
}

/** The staff member of an id among the own office's staff; undefined when he is none of theirs. */
export async function around(tx: ReadTransaction, id: string, ctx: Context): Promise<Around | undefined> {
  if (ctx.actor.kind !== 'office') return undefined;
  const colleagues = await listMembers(tx, ctx.actor.associationId);
  const member = colleagues.find((one) => one.id === id);
  return member === undefined ? undefined : { member, colleagues, validDays: (await systemSettingsOf(tx)).staffValidDays };
}

/** Besides the role of the session: who was stopped a moment ago while he waited for the lock may no longer. */
export function allowed(ctx: Context, { colleagues }: Around) {
  const admin = staffAdmin(ctx.actor);
  if (admin === undefined) return refuse('forbidden');
  const own = colleagues.find((one) => one.id === admin.staffId);
  return own !== undefined && (!isInUse(own.state) || own.role !== 'admin') ? lastAdmin() : true;
}

const lastAdmin = () => refuse('conflict', { message: staffMessages.lastAdmin });

/** Changed since it was seen, or the end of the last 管理者. */
export function refusalOf({ member, colleagues }: Around, change: MemberChange & { version: number }, ctx: Context): Refused | undefined {
  if (member.version !== change.version) {
    return refuse('conflict', { message: staffMessages.changedSince, current: { version: member.version } });
  }
  return endsLastAdmin(colleagues, { id: member.id, ...change }, ctx.today) ? lastAdmin() : undefined;
}
