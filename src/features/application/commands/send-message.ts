import type { Outcome } from '#kernel/refusal.ts';
import { refuseFields } from '#kernel/refusal.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { actorKeyOf } from '#platform/context.ts';
import { derivedId } from '#platform/files/derived-id.ts';
import { texts } from '../messages.ts';
import type { StoredFile } from '#platform/files/stored-file.ts';
import { mostFilesARow } from '../schema.ts';
import { postMessage } from './correspond.ts';
import type { Inspection } from '#platform/files/keep-file.ts';
import { inspectUpload, keepFile } from '#platform/files/keep-file.ts';

export type Letter = { id: string; body: unknown; files: readonly File[]; key: string | undefined };

type Good = Extract<Inspection, { ok: true }>;

/** The same file sent again with the same key is the same file: a double press stays one message. */
async function keep(ctx: Context, letter: Letter, inspected: readonly Good[]): Promise<StoredFile[]> {
  const stored: StoredFile[] = [];
  for (const [index, one] of inspected.entries()) {
    const { key } = letter;
    const id = key === undefined ? undefined : derivedId('message', actorKeyOf(ctx.actor), letter.id, key, String(index), one.file.sha256);
    stored.push(await keepFile(ctx, one, id));
  }
  return stored;
}

/**
 * 審査時連絡メッセージ with files (`screens.md D-07, O-05`): every file passes the inspection of 提出書類 or nothing is sent;
 * refusals stand at the field `files`.
 */
export async function sendMessageWithFiles(ctx: Context, letter: Letter): Promise<Outcome<{ id: string }>> {
  if (letter.files.length > mostFilesARow) return refuseFields({ files: [texts.mostFiles(mostFilesARow)] });
  const inspections: Inspection[] = [];
  for (const file of letter.files) inspections.push(await inspectUpload(file));
  const refusals = inspections.flatMap((one, index) => (one.ok ? [] : [`「${letter.files[index]?.name ?? ''}」${one.message}`]));
  if (refusals.length > 0) return refuseFields({ files: refusals });
  const files = await keep(
    ctx,
    letter,
    inspections.filter((one) => one.ok),
  );
  const outcome = await run(postMessage, ctx, { id: letter.id, body: letter.body, files }, letter.key);
  // After a conflict the same file may belong to the message sent before with this key; what belongs to nothing goes at night.
  if (!outcome.ok && outcome.refusal.code !== 'conflict') for (const file of files) await ctx.files.remove(file.fileId);
  return outcome;
}
