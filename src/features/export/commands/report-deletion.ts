import { newId } from '#kernel/id.ts';
import { messages } from '#kernel/messages.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { officeOf } from '#features/application/queries/inbox.ts';
import { command } from '#platform/command/command.ts';
import { exportTexts } from '../messages.ts';
import { mayReportDeletion, maySeeExport } from '../policy.ts';
import { deletedInput } from '../schema.ts';
import { findExport, insertEvent, listEvents } from '../store.server.ts';

/** 削除を報告する: what was fetched is gone (`rules.md 8.2`); reminders end. */
export const reportDeletion = command({
  name: 'export.reportDeletion',
  input: deletedInput,
  locks: async (_tx, { id }) => await Promise.resolve([{ kind: 'application' as const, id }]),
  load: async (tx, { id }) => {
    const target = await findExport(tx, id);
    return target === undefined ? undefined : { target, deleted: (await listEvents(tx, id)).some((event) => event.kind === 'deleted') };
  },
  allow: (ctx, { target }) => {
    if (!maySeeExport(ctx.actor, target)) return refuse('notFound');
    return mayReportDeletion(ctx.actor, target) ? true : refuse('forbidden', { message: exportTexts.notYours });
  },
  decide: (ctx, { deleted }, input) => {
    if (deleted) return refuse('conflict', { message: exportTexts.alreadyDeleted });
    if (!input.deleted) return refuseFields({ deleted: [exportTexts.tickDeleted] });
    return input.deletedOn > ctx.today ? refuseFields({ deletedOn: [messages.past('削除した日')] }) : accepted(undefined);
  },
  save: async (tx, { ctx, target: { target }, input }) => {
    const office = officeOf(ctx);
    await insertEvent(tx, {
      id: newId(),
      exportId: target.id,
      associationId: target.associationId,
      kind: 'deleted',
      accountId: office.accountId,
      actorName: office.displayName,
      reason: '',
      onDay: input.deletedOn,
      at: ctx.now,
    });
    const detail = { number: target.number, deletedOn: input.deletedOn };
    return { value: { id: target.id }, audit: { action: 'export.reportDeletion', target: target.id, detail }, events: [] };
  },
});
