import { accepted } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { versionedInput } from '../schema.ts';
import { loadCase } from '../store.server.ts';
import { removeDraft } from './expire-draft.ts';
import { caseLocks, gate } from './gate.ts';

/** Deletes an unsent draft with its papers; only the doctor himself can see it at all. */
export const deleteDraft = command({
  name: 'application.deleteDraft',
  input: versionedInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => await loadCase(tx, ctx.actor, input.id),
  allow: (ctx, target, input) => gate(ctx, 'deleteDraft', { target, seen: input.version }),
  decide: () => accepted(undefined),
  save: async (tx, { target }) => ({
    value: { id: target.id },
    audit: { action: 'application.deleteDraft', personIds: [target.personId], target: target.id },
    events: await removeDraft(tx, target.id),
  }),
});
