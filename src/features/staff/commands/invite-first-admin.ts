import { idInput } from '#kernel/input.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { openAssociationsById } from '#features/association/queries/directory.ts';
import { firstAdminOf } from '#features/association/queries/reorganisation.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { command } from '#platform/command/command.ts';
import { z } from 'zod';
import { listEarlierInvitations } from '../first-admin.store.server.ts';
import { closeInvitation, findInvitation, insertInvitation } from '../invitation.store.server.ts';
import { defaultValidUntil } from '../rules.ts';

/**
 * M-30 to the 初期管理者 whom the JMA has named (`screens.md J-02`), from the day on which the association exists. Whoever was named
 * before and has not answered is not invited any more. Repeating it makes no second invitation.
 */
export const inviteFirstAdmin = command({
  name: 'staff.inviteFirstAdmin',
  input: z.object({ id: idInput }),
  locks: async (tx, { id }) => {
    const admin = await firstAdminOf(tx, id);
    return admin === undefined ? [] : [{ kind: 'association', id: String(admin.associationId) }];
  },
  load: async (tx, { id }, ctx) => {
    const admin = await firstAdminOf(tx, id);
    if (admin === undefined) return undefined;
    const [office] = await openAssociationsById(tx, [admin.associationId], ctx.today);
    const { staffValidDays } = await systemSettingsOf(tx);
    const earlier = await listEarlierInvitations(tx, admin);
    return { admin, office, earlier, invited: (await findInvitation(tx, id)) !== undefined, validDays: staffValidDays };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, { office, invited }) => (office === undefined || invited ? refuse('conflict') : accepted(undefined)),
  save: async (tx, { ctx, target: { admin, earlier, validDays } }) => {
    for (const one of earlier) await closeInvitation(tx, one, { outcome: 'withdrawn', at: ctx.now });
    const { id, associationId, surname, givenName, surnameKana, givenNameKana, mail, namedBy, namedByName } = admin;
    const names = { surname, givenName, surnameKana, givenNameKana };
    const validUntil = defaultValidUntil(ctx.today, validDays);
    await insertInvitation(tx, {
      ...names,
      id,
      associationId,
      role: 'admin',
      mail,
      validUntil,
      invitedBy: namedBy,
      invitedByName: namedByName,
      at: ctx.now,
    });
    return {
      value: { id },
      audit: { action: 'staff.inviteFirstAdmin', target: id, detail: { associationId } },
      events: [{ kind: 'staff.invited', payload: { invitationId: id } }],
    };
  },
});
