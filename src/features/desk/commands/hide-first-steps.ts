import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { z } from 'zod';
import { putHidden } from '../first-steps.store.server.ts';

/** はじめの一歩 hidden or shown again, for this person alone. */
export const hideFirstSteps = command({
  name: 'desk.hideFirstSteps',
  input: z.object({ hidden: z.enum(['yes', 'no']) }),
  locks: async () => await Promise.resolve([]),
  load: async () => await Promise.resolve({}),
  allow: ({ actor }) => (actor.kind === 'office' && actor.role !== 'trainingContractor' ? true : refuse('forbidden')),
  decide: ({ actor }) => (actor.kind === 'office' ? accepted(actor.accountId) : refuse('forbidden')),
  save: async (tx, { ctx, decision: accountId, input }) => {
    await putHidden(tx, accountId, { hidden: input.hidden === 'yes', at: ctx.now });
    return { value: { hidden: input.hidden }, audit: { action: 'desk.hideFirstSteps', detail: { hidden: input.hidden } }, events: [] };
  },
});
