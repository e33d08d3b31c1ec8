import { z } from 'zod';
import { addDays, startOfDay } from '#kernel/day.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { command } from '#platform/command/command.ts';
import { listUnused, removeSelections } from '../selection.store.server.ts';

/** Choices removed by one command. */
export const selectionBatch = 200;

/**
 * Removes choices of members (`screens.md O-07`) that are older than the set days and that no notice and no file was made of; what
 * a notice or the manifest of a file names stays. Oldest first, a batch at a time; `done` when there are no more.
 */
export const cleanSelections = command({
  name: 'member.cleanSelections',
  input: z.object({}),
  locks: async () => await Promise.resolve([{ kind: 'key' as const, id: 'member-selections' }]),
  load: async (tx, _input, ctx) => {
    const { selectionKeepDays } = await systemSettingsOf(tx);
    return { ids: await listUnused(tx, { before: startOfDay(addDays(ctx.today, -selectionKeepDays)), limit: selectionBatch }) };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, { ids }) => accepted(ids),
  save: async (tx, { decision: ids }) => {
    await removeSelections(tx, ids);
    return {
      value: { removed: ids.length, done: ids.length < selectionBatch },
      audit: { action: 'member.cleanSelections', detail: { removed: ids.length } },
      events: [],
    };
  },
});
