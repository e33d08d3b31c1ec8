import { newId } from '#kernel/id.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { idInput } from '#kernel/input.ts';
import { command } from '#platform/command/command.ts';
import { z } from 'zod';
import { freeName } from '../rules.ts';
import { insertView, listAllViews, ownerOf, removeView } from '../saved-view.store.server.ts';

/** The saved conditions of whoever has handed over (O-17), for the reaction; a repetition finds nothing left. */
export const takeOverViews = command({
  name: 'staff.takeOverViews',
  input: z.object({ fromStaffId: idInput, toStaffId: idInput }),
  locks: async (_tx, { fromStaffId, toStaffId }) =>
    await Promise.resolve([fromStaffId, toStaffId].map((id) => ({ kind: 'key' as const, id: `views:${id}` }))),
  load: async (tx, { fromStaffId, toStaffId }) => {
    const [from, to] = [await ownerOf(tx, fromStaffId), await ownerOf(tx, toStaffId)];
    if (from === undefined || to === undefined) return undefined;
    return { to, views: await listAllViews(tx, from), known: await listAllViews(tx, to) };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, target) => accepted(target),
  save: async (tx, { ctx, decision: { to, views, known }, input }) => {
    const names = known.map((view) => view.name);
    for (const view of views) {
      const name = freeName(view.name, names);
      names.push(name);
      await removeView(tx, view.id);
      await insertView(tx, { ...view, ...to, id: newId(), name, at: ctx.now });
    }
    return {
      value: views.length,
      audit: { action: 'staff.takeOverViews', target: input.toStaffId, detail: { rows: views.length } },
      events: [],
    };
  },
});
