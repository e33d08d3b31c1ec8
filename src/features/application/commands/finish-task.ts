import { actingAssociation, actorName } from '#kernel/actor.ts';
import { idInput } from '#kernel/input.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { formatInstant } from '#kernel/wareki.ts';
import { command } from '#platform/command/command.ts';
import { z } from 'zod';
import { texts } from '../messages.ts';
import { finishTaskRow, findTask } from '../top.store.server.ts';

/** An office has seen to a task of its own, e.g. what becomes of a membership after 非承認 above (`rules.md 3.4`). */
export const finishTask = command({
  name: 'application.finishTask',
  input: z.object({ taskId: idInput }),
  locks: async (_tx, { taskId }) => [{ kind: 'key', id: `task:${taskId}` }],
  load: async (tx, { taskId }, ctx) => {
    const associationId = actingAssociation(ctx.actor);
    return associationId === undefined ? undefined : await findTask(tx, associationId, taskId);
  },
  allow: (ctx) => (ctx.actor.kind === 'office' && ctx.actor.role !== 'trainingContractor' ? true : refuse('forbidden')),
  decide: (_ctx, task) =>
    task.doneAt === null
      ? accepted(undefined)
      : refuse('conflict', { message: texts.alreadyFinished(task.doneBy, formatInstant(task.doneAt)) }),
  save: async (tx, { ctx, target: task }) => {
    await finishTaskRow(tx, task.id, { at: ctx.now, by: actorName(ctx.actor) });
    return {
      value: { id: task.id },
      audit: { action: 'application.finishTask', personIds: [task.personId], target: task.applicationId, detail: { taskId: task.id } },
      events: [],
    };
  },
});
