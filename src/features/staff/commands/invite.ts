import { newId } from '#kernel/id.ts';
import { messages } from '#kernel/messages.ts';
import type { Refused } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import type { Day } from '#kernel/day.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { command } from '#platform/command/command.ts';
import { insertInvitation, isInvited } from '../invitation.store.server.ts';
import { staffMessages } from '../messages.ts';
import { staffAdmin } from '../policy.ts';
import { defaultValidUntil, isPossibleValidUntil } from '../rules.ts';
import { inviteInput } from '../schema.ts';

/** The message of 有効期間 outside its window. */
export function wrongValidUntil(day: Day, today: Day, days: number): Refused | undefined {
  if (isPossibleValidUntil(day, today, days)) return undefined;
  const last = defaultValidUntil(today, days);
  return refuseFields({ validUntil: [messages.window(staffMessages.validUntil, formatDayPlain(today), formatDayPlain(last))] });
}

/**
 * 登録する (`screens.md O-17`): invites somebody by mail; he becomes a staff member by A-13. Nobody types another person's
 * password (`rules.md 5.3`).
 */
export const invite = command({
  name: 'staff.invite',
  input: inviteInput,
  locks: async (_tx, _input, { actor }) => {
    const admin = staffAdmin(actor);
    return await Promise.resolve(admin === undefined ? [] : [{ kind: 'association' as const, id: String(admin.associationId) }]);
  },
  load: async (tx, input, { actor }) => {
    const admin = staffAdmin(actor);
    if (admin === undefined) return { admin, waiting: false, validDays: 0 };
    const { staffValidDays } = await systemSettingsOf(tx);
    return { admin, waiting: await isInvited(tx, admin.associationId, input.mail), validDays: staffValidDays };
  },
  allow: (_ctx, { admin }) => (admin === undefined ? refuse('forbidden') : true),
  decide: (ctx, { admin, waiting, validDays }, input) => {
    if (admin === undefined) return refuse('forbidden');
    if (input.mail !== input.mailRepeat) return refuseFields({ mailRepeat: [messages.same(staffMessages.mailLabel)] });
    if (waiting) return refuseFields({ mail: [staffMessages.invited(input.mail)] });
    return wrongValidUntil(input.validUntil, ctx.today, validDays) ?? accepted(admin);
  },
  save: async (tx, { ctx, decision: admin, input }) => {
    const id = newId();
    const { associationId, accountId: invitedBy, displayName: invitedByName } = admin;
    await insertInvitation(tx, { ...input, id, associationId, invitedBy, invitedByName, at: ctx.now });
    return {
      value: { id },
      audit: { action: 'staff.invite', target: id, detail: { role: input.role, validUntil: input.validUntil } },
      events: [{ kind: 'staff.invited', payload: { invitationId: id } }],
    };
  },
});
