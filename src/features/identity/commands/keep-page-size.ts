import { actingAccount } from '#kernel/actor.ts';
import { PAGE_SIZES } from '#kernel/paging.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { z } from 'zod';
import { putPageSize } from '../account.store.server.ts';

/** 表示件数: 25, 50 or 100 rows on every list of this person from now on (`screens.md 1.3`). */
export const keepPageSize = command({
  name: 'identity.keepPageSize',
  input: z.object({ size: z.coerce.number().pipe(z.literal([...PAGE_SIZES])) }),
  locks: async () => [],
  load: async (_tx, _input, ctx) => ({ accountId: actingAccount(ctx.actor) }),
  allow: (_ctx, { accountId }) => (accountId === undefined ? refuse('unauthenticated') : true),
  decide: (_ctx, { accountId }) => (accountId === undefined ? refuse('unauthenticated') : accepted(accountId)),
  save: async (tx, { ctx, decision: accountId, input: { size } }) => {
    await putPageSize(tx, accountId, { pageSize: size, at: ctx.now });
    return { value: { size }, audit: { action: 'identity.keepPageSize', detail: { size } }, events: [] };
  },
});
