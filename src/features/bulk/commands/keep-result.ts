import { z } from 'zod';
import { idInput } from '#kernel/input.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { findRun, insertResult } from '../store.server.ts';

const resultInput = z.object({
  runId: idInput,
  ordinal: z.int().min(1),
  done: z.boolean(),
  code: z.string().max(40),
  reason: z.string(),
});

/** Keeps what became of one row, once; only our own jobs do this. */
export const keepResult = command({
  name: 'bulk.keepResult',
  input: resultInput,
  locks: async () => await Promise.resolve([]),
  load: async (tx, input) => await findRun(tx, input.runId),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: () => accepted(undefined),
  save: async (tx, { ctx, input }) => {
    const written = await insertResult(tx, { ...input, at: ctx.now });
    const { runId, ordinal, done, code } = input;
    return {
      value: { written },
      audit: { action: 'bulk.keepResult', target: runId, detail: { ordinal, done, code } },
      events: [],
    };
  },
});

const continueInput = z.object({ runId: idInput, from: z.int().min(1) });

/** Hands the rest of a run to the next job, so that no job works for minutes and a stopping worker waits little. */
export const continueRun = command({
  name: 'bulk.continue',
  input: continueInput,
  locks: async () => await Promise.resolve([]),
  load: async (tx, input) => await findRun(tx, input.runId),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: () => accepted(undefined),
  save: async (_tx, { input }) =>
    await Promise.resolve({
      value: undefined,
      audit: { action: 'bulk.continue', target: input.runId, detail: { from: input.from } },
      events: [{ kind: 'bulk.continued', payload: { runId: input.runId, from: input.from } }],
    }),
});
