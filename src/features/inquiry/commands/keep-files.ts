import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { command, run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { derivedId } from '#platform/files/derived-id.ts';
import type { Inspection } from '#platform/files/keep-file.ts';
import { inspectUpload, keepFile } from '#platform/files/keep-file.ts';
import type { StoredFile } from '#platform/files/stored-file.ts';
import { mostFiles } from '../fields.ts';
import { recordFile } from '#platform/files/record-file.ts';
import { inquiryTexts as texts } from '../messages.ts';
import { mayAsk } from '../policy.ts';
import { fileOwner } from '../queries/asking.ts';
import { keepFilesInput } from '../schema.ts';

/** Keeps the records of files between the form and 送信する. */
const keepFiles = command({
  name: 'inquiry.keepFiles',
  input: keepFilesInput,
  locks: async () => await Promise.resolve([]),
  load: async () => await Promise.resolve({}),
  allow: ({ actor }) => (mayAsk(actor) || actor.kind === 'system' ? true : refuse('forbidden')),
  decide: () => accepted(undefined),
  save: async (tx, { ctx, input: { batch, files } }) => {
    for (const file of files) await recordFile(tx, file, { ownerId: fileOwner(ctx, batch), at: ctx.now });
    return {
      value: files.map((file) => file.fileId),
      audit: { action: 'inquiry.keepFiles', detail: { files: files.length } },
      events: [],
    };
  },
});

type Good = Extract<Inspection, { ok: true }>;

/**
 * 添付ファイル of a form (`rules.md 3.16`): every file passes the inspection of 提出書類, or none is kept and the refusals stand
 * at the field. The same file of the same form is the same file. Answers with the ids to carry on.
 */
export async function takeFiles(ctx: Context, batch: string, sent: { files: readonly File[]; kept: number }): Promise<Outcome<string[]>> {
  const { files, kept } = sent;
  if (files.length === 0) return accepted([]);
  if (files.length + kept > mostFiles) return refuseFields({ files: [texts.tooManyFiles] });
  const inspections: Inspection[] = [];
  for (const file of files) inspections.push(await inspectUpload(file));
  const refusals = inspections.flatMap((one, index) => (one.ok ? [] : [`「${files[index]?.name ?? ''}」${one.message}`]));
  if (refusals.length > 0) return refuseFields({ files: refusals });
  const stored: StoredFile[] = [];
  for (const one of inspections.filter((each): each is Good => each.ok)) {
    stored.push(await keepFile(ctx, one, derivedId('inquiry', fileOwner(ctx, batch), batch, one.file.fileName, one.file.sha256)));
  }
  return await run(keepFiles, ctx, { batch, files: stored });
}
