import type { Actor } from '#kernel/actor.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { isRunning } from '../flow.ts';
import { noticeTexts as texts } from '../messages.ts';
import { noticeIdInput } from '../schema.ts';
import { keepRead } from '../reader.store.server.ts';
import { findNotice } from '../store.server.ts';

type Reader = { personId: string } | { associationId: number };

function readerOf(actor: Actor): Reader | undefined {
  if (actor.kind === 'doctor') return { personId: actor.personId };
  return actor.kind === 'office' && actor.role !== 'trainingContractor' ? { associationId: actor.associationId } : undefined;
}

/** Opening a notice marks it as read, once (`screens.md D-02`); for an office it is read when one of its staff has read it. */
export const markRead = command({
  name: 'notice.read',
  input: noticeIdInput,
  locks: async () => await Promise.resolve([]),
  load: async (tx, { id }) => await findNotice(tx, id),
  allow: (ctx) => (readerOf(ctx.actor) === undefined ? refuse('forbidden') : true),
  decide: (ctx, row) => {
    const reader = readerOf(ctx.actor);
    if (reader === undefined || !isRunning(row, ctx.today)) return refuse('conflict', { message: texts.over });
    return accepted(reader);
  },
  save: async (tx, { ctx, target: { id }, decision }) => {
    await keepRead(tx, { noticeId: id, reader: decision, at: ctx.now });
    return { value: { id }, audit: { action: 'notice.read', target: id }, events: [] };
  },
});
