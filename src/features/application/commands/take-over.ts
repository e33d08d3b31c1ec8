import { accepted, refuse } from '#kernel/refusal.ts';
import { idInput } from '#kernel/input.ts';
import { command } from '#platform/command/command.ts';
import { z } from 'zod';
import { moveAssignments } from '../assignment.store.server.ts';

/** 担当 of every open case from one of the office to another (O-17, 引継ぎ), for the reaction; a repetition finds nothing left. */
export const takeOver = command({
  name: 'application.takeOver',
  input: z.object({ associationId: z.number().int(), fromStaffId: idInput, toStaffId: idInput }),
  locks: async (_tx, { fromStaffId }) => await Promise.resolve([{ kind: 'key' as const, id: `assignments:${fromStaffId}` }]),
  load: async (_tx, input) => await Promise.resolve(input),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, target) => accepted(target),
  save: async (tx, { ctx, decision }) => {
    const rows = await moveAssignments(tx, { ...decision, at: ctx.now });
    return { value: rows, audit: { action: 'application.takeOver', target: decision.toStaffId, detail: { rows } }, events: [] };
  },
});
