import { newId } from '#kernel/id.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { attach, listFiles } from '../file.store.server.ts';
import { firstState } from '../flow.ts';
import { mayManage, publishingOffice } from '../policy.ts';
import { noticeIdInput } from '../schema.ts';
import { findNotice, insertNotice } from '../store.server.ts';

/** 複写して作成 (`screens.md O-16`): a draft with the same words, target and attachments; days and mail are to be set anew. */
export const copyNotice = command({
  name: 'notice.copy',
  input: noticeIdInput,
  locks: async (_tx, { id }) => await Promise.resolve([{ kind: 'application' as const, id }]),
  load: async (tx, { id }, ctx) => {
    const row = await findNotice(tx, id);
    return row === undefined || !mayManage(ctx.actor, row) ? undefined : { row, files: await listFiles(tx, id) };
  },
  allow: (ctx) => (publishingOffice(ctx.actor) === undefined ? refuse('forbidden') : true),
  decide: (ctx) => {
    const office = publishingOffice(ctx.actor);
    return office === undefined ? refuse('forbidden') : accepted({ id: newId(), writerName: office.displayName });
  },
  save: async (tx, { ctx, target: { row, files }, decision: { id, writerName } }) => {
    const content = { ...row, startsOn: null, endsOn: null, byMail: false };
    await insertNotice(tx, { id, associationId: row.associationId, state: firstState, writerName, at: ctx.now, content });
    await attach(tx, { noticeId: id, at: ctx.now }, files);
    return { value: { id }, audit: { action: 'notice.copy', target: id, detail: { from: row.id } }, events: [] };
  },
});
