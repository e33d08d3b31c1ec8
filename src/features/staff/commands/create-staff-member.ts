import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { staffMessages } from '../messages.ts';
import { newStaffInput } from '../schema.ts';
import { associationExists, findAccountKind, insertStaff } from '../store.server.ts';

/**
 * Makes an account of kind `staff` a staff member of one association, or of the operations office (`rules.md 5.3`). Only the
 * system: demo and imports; people are invited by their 管理者 (O-17).
 */
export const createStaffMember = command({
  name: 'staff.create',
  input: newStaffInput,
  locks: async (_tx, input) => [{ kind: 'account', id: input.accountId }],
  load: async (tx, input) => {
    const kind = await findAccountKind(tx, input.accountId);
    const officeThere = input.associationId === null || (await associationExists(tx, input.associationId));
    return kind !== undefined && officeThere ? { kind } : undefined;
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, target, input) =>
    target.kind === 'staff' ? accepted(input) : refuse('conflict', { message: staffMessages.doctorsAccount }),
  save: async (tx, { decision }) => {
    const staffId = await insertStaff(tx, decision);
    return { value: { staffId }, audit: { action: 'staff.create', target: staffId, detail: { role: decision.role } }, events: [] };
  },
  constraints: {
    staff_member_account_id_association_id_key: () => refuse('conflict', { message: staffMessages.known }),
  },
});
