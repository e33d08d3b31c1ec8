import { newId } from '#kernel/id.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { withOwnPlans } from '#platform/db/list-plan.ts';
import { selectionTexts as texts } from '../labels.ts';
import { narrowing, readMemberConditions } from '../queries/member-filter.ts';
import { actingOffice, memberOffice, memberScope } from '../queries/members.ts';
import { mostListed, selectListedInput } from '../schema.ts';
import { insertSelection, listedNow } from '../selection.store.server.ts';

/**
 * 「この条件のすべてを選択」 (`screens.md O-07`): keeps who stands in the list at this moment, up to `mostListed`. The record names the
 * conditions and the number; the persons stand in the choice itself, and on record as soon as a file or a mail is made of it.
 */
export const selectListed = command({
  name: 'member.selectListed',
  input: selectListedInput,
  locks: async () => await Promise.resolve([]),
  load: async (tx, { conditions }, ctx) => {
    const filter = memberOffice(ctx) === true ? readMemberConditions(conditions) : undefined;
    if (filter === undefined) return { ids: [], names: [] };
    const scope = await memberScope(tx, ctx, filter);
    const ids = await withOwnPlans(tx, async () => await listedNow(tx, scope, { filter, limit: mostListed + 1 }));
    return { ids, names: narrowing(filter) };
  },
  allow: (ctx) => memberOffice(ctx),
  decide: (_ctx, { ids }) => {
    if (ids.length === 0) return refuse('invalid', { message: texts.nobody });
    return ids.length > mostListed ? refuse('invalid', { message: texts.tooMany(mostListed) }) : accepted(ids.toSorted());
  },
  save: async (tx, { ctx, target: { names }, decision: personIds }) => {
    const { associationId, accountId } = actingOffice(ctx);
    const id = newId();
    const members = personIds.length;
    await insertSelection(tx, { id, associationId, accountId, personIds, at: ctx.now });
    return {
      value: { id, members },
      audit: { action: 'member.selectListed', target: id, detail: { members, narrowed: names } },
      events: [],
    };
  },
});
