import { idInput } from '#kernel/input.ts';
import { withOwnPlans } from '#platform/db/list-plan.ts';
import { query } from '#platform/command/query.ts';
import { isPlain, listCases } from '../list.store.server.ts';
import { officeOnly, scopeOf } from './inbox.ts';
import { inboxInput } from './inbox-filter.ts';

/** The cases before and after one in the list it was opened from (n / p on the detail page); ids only, so nothing to audit. */
export const inboxNeighbours = query({
  name: 'application.inboxNeighbours',
  input: inboxInput.extend({ id: idInput }),
  allow: officeOnly,
  read: async (tx, { id, ...filter }, ctx) => {
    const scope = scopeOf(ctx);
    const dense = isPlain(filter, scope);
    return await withOwnPlans(tx, async () => {
      const [next] = await listCases(tx, scope, { filter, from: id, backwards: false, limit: 1, dense });
      const [previous] = await listCases(tx, scope, { filter, from: id, backwards: true, limit: 1, dense });
      return { next: next?.id, previous: previous?.id };
    });
  },
  audit: 'nothing',
});
