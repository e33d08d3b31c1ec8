import { accepted, refuse } from '#kernel/refusal.ts';
import { addDays, startOfDay } from '#kernel/day.ts';
import { idInput } from '#kernel/input.ts';
import { openAssociationsById } from '#features/association/queries/directory.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { command } from '#platform/command/command.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { hashToken, newToken } from '#platform/session/token.ts';
import { z } from 'zod';
import { findInvitation, keepLink } from '../invitation.store.server.ts';
import { invitationMail } from '../mails/texts.ts';

/** The link works until the end of the last of its days. */
function lastInstant(today: Parameters<typeof addDays>[0], days: number): Date {
  return startOfDay(addDays(today, days + 1));
}

/**
 * M-30: makes the link of an invitation and the mail that carries it, together or not at all. The raw link is nowhere else.
 * A mail that was made already is not made again.
 */
export const issueInvitation = command({
  name: 'staff.issueInvitation',
  input: z.object({ id: idInput }),
  secret: true,
  locks: async (_tx, { id }) => await Promise.resolve([{ kind: 'application' as const, id }]),
  load: async (tx, { id }, ctx) => {
    const invitation = await findInvitation(tx, id);
    if (invitation === undefined) return undefined;
    const [office] = await openAssociationsById(tx, [invitation.associationId], ctx.today);
    if (office === undefined) return undefined;
    return { invitation, office, days: (await systemSettingsOf(tx)).staffInvitationDays };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, { invitation }) =>
    invitation.outcome === null && invitation.sentRound < invitation.round ? accepted(invitation) : refuse('conflict'),
  save: async (tx, { ctx, target, decision }) => {
    const token = newToken();
    const expiresAt = lastInstant(ctx.today, target.days);
    await keepLink(tx, decision.id, { tokenHash: hashToken(token), expiresAt, round: decision.round });
    await queueMail(tx, {
      template: 'M-30',
      dedupeKey: `M-30:${decision.id}:${decision.round}`,
      to: decision.mail,
      ...invitationMail({
        name: `${decision.surname} ${decision.givenName}`,
        office: target.office.name,
        inviter: decision.invitedByName,
        until: addDays(ctx.today, target.days),
        link: `${ctx.site.origin}/invitations/${token}`,
      }),
    });
    return { value: { id: decision.id }, audit: { action: 'staff.issueInvitation', target: decision.id }, events: [] };
  },
});
