import { z } from 'zod';
import type { Actor, OfficeActor } from '#kernel/actor.ts';
import { idInput, textInput } from '#kernel/input.ts';
import { newId } from '#kernel/id.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import type { Lock } from '#platform/command/command.ts';
import { command } from '#platform/command/command.ts';
import { staffMessages } from '../messages.ts';
import { viewedLists } from '../schema.ts';
import { findView, insertView, listViews, removeView } from '../saved-view.store.server.ts';

/** Saved conditions of lists (`screens.md 1.3`). */

/** At most so many for one list. */
export const mostViews = 20;

const saveViewInput = z.object({
  list: z.enum(viewedLists),
  name: textInput('名前', { max: 30, required: true }),
  conditions: z.string().max(2_000),
});

const deleteViewInput = z.object({ id: idInput });

function officeOf(actor: Actor): OfficeActor | undefined {
  return actor.kind === 'office' && actor.role !== 'trainingContractor' ? actor : undefined;
}

function ownLock(actor: Actor): readonly Lock[] {
  const office = officeOf(actor);
  return office === undefined ? [] : [{ kind: 'account', id: office.accountId }];
}

/** この条件を保存: up to 20 per person and list, each under a name of its own. */
export const saveView = command({
  name: 'staff.saveView',
  input: saveViewInput,
  locks: async (_tx, _input, ctx) => await Promise.resolve(ownLock(ctx.actor)),
  load: async (tx, input, ctx) => {
    const office = officeOf(ctx.actor);
    return { views: office === undefined ? [] : await listViews(tx, office, input.list) };
  },
  allow: (ctx) => (officeOf(ctx.actor) === undefined ? refuse('forbidden') : true),
  decide: (ctx, { views }, input) => {
    const office = officeOf(ctx.actor);
    if (office === undefined) return refuse('forbidden');
    if (views.some((view) => view.name === input.name)) return refuseFields({ name: [staffMessages.viewNameTaken] });
    if (views.length >= mostViews) return refuse('invalid', { message: staffMessages.viewsFull(mostViews) });
    return accepted({ id: newId(), office });
  },
  save: async (tx, { ctx, decision: { id, office }, input }) => {
    const { associationId, accountId } = office;
    await insertView(tx, { id, associationId, accountId, ...input, at: ctx.now });
    return { value: { id }, audit: { action: 'staff.saveView', target: id, detail: { list: input.list } }, events: [] };
  },
  constraints: { saved_view_name: () => refuseFields({ name: [staffMessages.viewNameTaken] }) },
});

/** Deletes one's own saved conditions. */
export const deleteView = command({
  name: 'staff.deleteView',
  input: deleteViewInput,
  locks: async (_tx, _input, ctx) => await Promise.resolve(ownLock(ctx.actor)),
  load: async (tx, input, ctx) => {
    const office = officeOf(ctx.actor);
    return office === undefined ? undefined : await findView(tx, office, input.id);
  },
  allow: (ctx) => (officeOf(ctx.actor) === undefined ? refuse('forbidden') : true),
  decide: () => accepted(undefined),
  save: async (tx, { input }) => {
    await removeView(tx, input.id);
    return { value: { id: input.id }, audit: { action: 'staff.deleteView', target: input.id }, events: [] };
  },
});
