import { holdRefusal } from '#kernel/factor-hold.ts';
import { newId } from '#kernel/id.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { officeOf } from '#features/application/queries/inbox.ts';
import { command } from '#platform/command/command.ts';
import { exportTexts } from '../messages.ts';
import { isOwnFile, mayFetch, maySeeExport } from '../policy.ts';
import { fetchInput } from '../schema.ts';
import { findExport, insertEvent, listEvents } from '../store.server.ts';

/**
 * 取得する (`screens.md O-23`): grants one download for some minutes and keeps who, when and, from the second time on, why.
 * The page has asked for the password before.
 */
export const grantFetch = command({
  name: 'export.fetch',
  input: fetchInput,
  locks: async (_tx, { id }) => await Promise.resolve([{ kind: 'application' as const, id }]),
  load: async (tx, { id }) => {
    const target = await findExport(tx, id);
    if (target === undefined) return undefined;
    const events = await listEvents(tx, id);
    const deleted = events.some((event) => event.kind === 'deleted');
    return { target, deleted, before: events.filter((event) => event.kind === 'fetched') };
  },
  allow: (ctx, { target }) => {
    if (!maySeeExport(ctx.actor, target)) return refuse('notFound');
    if (!isOwnFile(ctx.actor, target)) return refuse('forbidden', { message: exportTexts.notYours });
    return holdRefusal(ctx.actor, ctx.now) ?? true;
  },
  decide: (ctx, { target, deleted, before }, { reason }) => {
    // A further copy would belie the report.
    if (deleted) return refuse('conflict', { message: exportTexts.alreadyDeleted });
    if (!mayFetch(ctx.actor, target, ctx.now))
      return refuse('conflict', { message: target.fetchUntil === null ? exportTexts.notReady : exportTexts.fetchOver });
    return before.length > 0 && reason === '' ? refuseFields({ reason: [exportTexts.secondFetch] }) : accepted(undefined);
  },
  save: async (tx, { ctx, target: { target, before }, input }) => {
    const office = officeOf(ctx);
    const eventId = newId();
    await insertEvent(tx, {
      id: eventId,
      exportId: target.id,
      associationId: target.associationId,
      kind: 'fetched',
      accountId: office.accountId,
      actorName: office.displayName,
      reason: input.reason,
      onDay: null,
      at: ctx.now,
    });
    const detail = { number: target.number, time: before.length + 1 };
    return { value: { eventId }, audit: { action: 'export.fetch', target: target.id, purpose: target.purpose, detail }, events: [] };
  },
});
