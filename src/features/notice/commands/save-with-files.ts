import type { Outcome } from '#kernel/refusal.ts';
import { refuseFields } from '#kernel/refusal.ts';
import type { Inspection } from '#platform/files/keep-file.ts';
import { inspectUpload, keepFile } from '#platform/files/keep-file.ts';
import type { StoredFile } from '#platform/files/stored-file.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { actorKeyOf } from '#platform/context.ts';
import { derivedId } from '#platform/files/derived-id.ts';
import { noticeTexts as texts } from '../messages.ts';
import { mostFiles } from '../schema.ts';
import { saveNotice } from './save.ts';

type Saving = { input: Readonly<Record<string, unknown>>; files: readonly File[]; key: string | undefined };

/** The same file sent again with the same key is the same file: a double press stays one attachment. */
async function keep(ctx: Context, inspected: readonly Extract<Inspection, { ok: true }>[], key: string | undefined): Promise<StoredFile[]> {
  const stored: StoredFile[] = [];
  for (const [index, one] of inspected.entries()) {
    const id = key === undefined ? undefined : derivedId('notice', actorKeyOf(ctx.actor), key, String(index), one.file.sha256);
    stored.push(await keepFile(ctx, one, id));
  }
  return stored;
}

/** 一時保存する with 添付ファイル (`screens.md O-16`): every file passes the inspection or nothing is saved. */
export async function saveWithFiles(ctx: Context, { input, files, key }: Saving): Promise<Outcome<{ id: string; version: number }>> {
  if (files.length > mostFiles) return refuseFields({ files: [texts.mostFiles(mostFiles)] });
  const inspections: Inspection[] = [];
  for (const file of files) inspections.push(await inspectUpload(file));
  const refusals = inspections.flatMap((one, index) => (one.ok ? [] : [`「${files[index]?.name ?? ''}」${one.message}`]));
  if (refusals.length > 0) return refuseFields({ files: refusals });
  const stored = await keep(
    ctx,
    inspections.filter((one) => one.ok),
    key,
  );
  const outcome = await run(saveNotice, ctx, { ...input, files: stored }, key);
  // After a conflict the same file may belong to what was saved before with this key; what belongs to nothing goes at night.
  if (!outcome.ok && outcome.refusal.code !== 'conflict') for (const file of stored) await ctx.files.remove(file.fileId);
  return outcome;
}
