import { requiredDayInput } from '#kernel/input.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { z } from 'zod';
import { closeInvitation, listOpenInvitations } from '../invitation.store.server.ts';
import { endMembersOf, endSessions } from '../member.store.server.ts';

/**
 * An association is no more (`screens.md J-02`): everybody's 有効期間 ends with it, sessions and open invitations at once. The people
 * stay under their names in the records. Repeating it changes nothing.
 */
export const endOfficeStaff = command({
  name: 'staff.endWithOffice',
  input: z.object({ associationId: z.int().min(1).max(99_999), lastDay: requiredDayInput('廃止日') }),
  locks: async (_tx, { associationId }) => await Promise.resolve([{ kind: 'association' as const, id: String(associationId) }]),
  load: async (tx, { associationId }) => await listOpenInvitations(tx, associationId),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, invitations) => accepted(invitations),
  save: async (tx, { ctx, decision: invitations, input: { associationId, lastDay } }) => {
    const ended = await endMembersOf(tx, associationId, lastDay);
    for (const id of ended) await endSessions(tx, id);
    for (const id of invitations) await closeInvitation(tx, id, { outcome: 'withdrawn', at: ctx.now });
    return {
      value: { ended: ended.length },
      audit: { action: 'staff.endWithOffice', target: String(associationId), detail: { lastDay, people: ended.length } },
      alsoAudit: ended.map((id) => ({ action: 'staff.change', target: id, detail: { validUntil: ['', lastDay] } })),
      events: [],
    };
  },
});
