import { requiredDayInput } from '#kernel/input.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import type { AuditNote } from '#platform/audit/audit-event.ts';
import type { DomainEvent } from '#platform/command/command.ts';
import { command } from '#platform/command/command.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { closeInvitation, listOpenInvitations } from '../invitation.store.server.ts';
import type { Follower } from '../carry.store.server.ts';
import { listFollowers } from '../carry.store.server.ts';
import { endMembersOf, endSessions } from '../member.store.server.ts';
import { insertStaff } from '../store.server.ts';

const associationId = z.int().min(1).max(99_999);

/** The same role and 有効期間 at the association that takes the members over; the login stays what it is. */
async function carryOver(
  tx: WriteTransaction,
  followers: readonly Follower[],
  { from, to }: { from: number; to: number | null },
): Promise<{ notes: AuditNote[]; events: DomainEvent[] }> {
  const notes: AuditNote[] = [];
  const events: DomainEvent[] = [];
  for (const one of followers) {
    const staffId = await insertStaff(tx, { ...one, associationId: to });
    notes.push({ action: 'staff.carryOver', target: staffId, detail: { role: one.role, from, to } });
    events.push({ kind: 'staff.carriedOver', payload: { staffId, fromAssociationId: from } });
  }
  return { notes, events };
}

/**
 * An association is no more (`screens.md J-02`): everybody's 有効期間 ends with it, sessions and open invitations at once. The people
 * stay under their names in the records. Where a 合併 carries the staff over, each who is active goes on at the successor, in the same
 * transaction; who is registered there already stays there as he is. Repeating it changes nothing.
 */
export const endOfficeStaff = command({
  name: 'staff.endWithOffice',
  input: z.object({ associationId, lastDay: requiredDayInput('廃止日'), successorId: associationId.nullable().default(null) }),
  locks: async (_tx, { associationId: own, successorId }) =>
    await Promise.resolve(
      [own, ...(successorId === null ? [] : [successorId])].map((id) => ({ kind: 'association' as const, id: String(id) })),
    ),
  load: async (tx, { associationId: own, lastDay, successorId }) => ({
    invitations: await listOpenInvitations(tx, own),
    followers: successorId === null ? [] : await listFollowers(tx, { from: own, to: successorId, lastDay }),
  }),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, target) => accepted(target),
  save: async (tx, { ctx, decision: { invitations, followers }, input: { associationId: own, lastDay, successorId } }) => {
    const carried = await carryOver(tx, followers, { from: own, to: successorId });
    const ended = await endMembersOf(tx, own, lastDay);
    for (const id of ended) await endSessions(tx, id);
    for (const id of invitations) await closeInvitation(tx, id, { outcome: 'withdrawn', at: ctx.now });
    return {
      value: { ended: ended.length },
      audit: { action: 'staff.endWithOffice', target: String(own), detail: { lastDay, people: ended.length, carried: followers.length } },
      alsoAudit: [...carried.notes, ...ended.map((id) => ({ action: 'staff.change', target: id, detail: { validUntil: ['', lastDay] } }))],
      events: carried.events,
    };
  },
});
