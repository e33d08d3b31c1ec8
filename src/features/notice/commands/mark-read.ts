import { type Actor, contractorOf } from '#kernel/actor.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { isRunning } from '../flow.ts';
import { noticeTexts as texts } from '../messages.ts';
import { noticeIdInput } from '../schema.ts';
import { keepRead, type NoticeReader } from '../reader.store.server.ts';
import { findNotice } from '../store.server.ts';

function readerOf(actor: Actor): NoticeReader | undefined {
  if (actor.kind === 'doctor') return { personId: actor.personId };
  if (actor.kind !== 'office') return undefined;
  return contractorOf(actor) === undefined ? { associationId: actor.associationId } : { accountId: actor.accountId };
}

/** Opening a notice marks it as read, once (`screens.md D-02`); for an office it is read when one of its staff has read it, an 外部委託先 reads for himself. */
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
