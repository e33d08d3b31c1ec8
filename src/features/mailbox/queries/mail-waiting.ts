import { refuse } from '#kernel/refusal.ts';
import { query } from '#platform/command/query.ts';
import { z } from 'zod';
import { oldestWaiting } from '../store.server.ts';

/** Since when the oldest mail waits; asked by the system, tells nothing of any mail. */
export const mailWaiting = query({
  name: 'mailbox.waiting',
  input: z.object({}),
  allow: ({ actor }) => (actor.kind === 'system' ? true : refuse('forbidden')),
  read: async (tx): Promise<{ since: Date | undefined }> => ({ since: await oldestWaiting(tx) }),
  audit: 'nothing',
});
