import { idInput } from '#kernel/input.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { moveUnderWay } from '#features/association/queries/reorganisation.ts';
import { command } from '#platform/command/command.ts';
import { z } from 'zod';

/** Hands the rest of the members to the next job, so that no job works for minutes and a stopping worker waits little. */
export const continueMove = command({
  name: 'reorganisation.continueMove',
  input: z.object({ changeId: idInput }),
  locks: async () => await Promise.resolve([]),
  load: async (tx, { changeId }) => await moveUnderWay(tx, changeId),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: () => accepted(undefined),
  save: async (_tx, { input: { changeId } }) =>
    await Promise.resolve({
      value: {},
      audit: { action: 'reorganisation.continueMove', target: changeId },
      events: [{ kind: 'association.moveContinued', payload: { changeId } }],
    }),
});
