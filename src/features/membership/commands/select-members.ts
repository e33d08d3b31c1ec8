import { newId } from '#kernel/id.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { actingOffice, memberOffice } from '../queries/members.ts';
import { selectMembersInput } from '../schema.ts';
import { inScopeAmong, insertSelection } from '../selection.store.server.ts';

/**
 * Keeps whom an office has chosen in its list (`screens.md O-07`), so that a file, labels or a notice can be for them alone and
 * no list of persons stands in an address. Who is not of the office is left out; refused when nobody remains.
 */
export const selectMembers = command({
  name: 'member.select',
  input: selectMembersInput,
  locks: async () => await Promise.resolve([]),
  load: async (tx, { id }, ctx) =>
    memberOffice(ctx) === true ? { ids: await inScopeAmong(tx, id, actingOffice(ctx).associationId) } : { ids: [] },
  allow: (ctx) => memberOffice(ctx),
  decide: (_ctx, { ids }) => (ids.length === 0 ? refuse('notFound') : accepted(ids)),
  save: async (tx, { ctx, decision: ids }) => {
    const { associationId, accountId } = actingOffice(ctx);
    const id = newId();
    await insertSelection(tx, { id, associationId, accountId, personIds: ids, at: ctx.now });
    return { value: { id, members: ids.length }, audit: { action: 'member.select', target: id, personIds: ids }, events: [] };
  },
});
