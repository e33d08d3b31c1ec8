import type { Outcome, Refused } from '#kernel/refusal.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { askAgain, closeInvitation, findInvitation, type Invitation } from '../invitation.store.server.ts';
import { staffMessages } from '../messages.ts';
import { staffAdmin } from '../policy.ts';
import { staffTargetInput } from '../schema.ts';

/** Only the 管理者 of the office that invited. */
export function allowedInvitation(ctx: Context, target: Invitation): true | Refused {
  const admin = staffAdmin(ctx.actor);
  if (admin === undefined) return refuse('forbidden');
  return admin.associationId === target.associationId ? true : refuse('notFound');
}

/** An invitation without answer, as it was seen. */
export function stillOpen(target: Invitation, version: number): Outcome<Invitation> {
  if (target.outcome !== null) return refuse('conflict', { message: staffMessages.closedInvitation });
  return target.version === version ? accepted(target) : refuse('conflict', { message: staffMessages.changedSince });
}

/** 招待を再送する (`screens.md O-17`): a new mail with a new link; the one before ends at once. */
export const resendInvitation = command({
  name: 'staff.resendInvitation',
  input: staffTargetInput,
  locks: async (_tx, { id }) => await Promise.resolve([{ kind: 'application' as const, id }]),
  load: async (tx, { id }) => await findInvitation(tx, id),
  allow: allowedInvitation,
  decide: (_ctx, target, input) => stillOpen(target, input.version),
  save: async (tx, { target }) => {
    await askAgain(tx, target.id);
    return {
      value: { mail: target.mail },
      audit: { action: 'staff.resendInvitation', target: target.id },
      events: [{ kind: 'staff.invited', payload: { invitationId: target.id } }],
    };
  },
});

/** 削除する of somebody who is only invited: his link ends. */
export const withdrawInvitation = command({
  name: 'staff.withdrawInvitation',
  input: staffTargetInput,
  locks: async (_tx, { id }) => await Promise.resolve([{ kind: 'application' as const, id }]),
  load: async (tx, { id }) => await findInvitation(tx, id),
  allow: allowedInvitation,
  decide: (_ctx, target, input) => stillOpen(target, input.version),
  save: async (tx, { ctx, target }) => {
    await closeInvitation(tx, target.id, { outcome: 'withdrawn', at: ctx.now });
    return { value: { id: target.id }, audit: { action: 'staff.withdrawInvitation', target: target.id }, events: [] };
  },
});
