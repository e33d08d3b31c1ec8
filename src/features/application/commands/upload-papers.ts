import type { FieldErrors } from '#kernel/refusal.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { documentCode } from '../fields.ts';
import { attachDocument } from './papers.ts';
import { inspectUpload, keepFile } from '#platform/files/keep-file.ts';

export type Upload = { id: string; kind: string; title: string; files: readonly File[] };

/** The message of a refused file; its name tells which one when several came at once. */
function named(file: File, files: readonly File[], message: string): string {
  return files.length > 1 ? `「${file.name}」${message}` : message;
}

async function uploadOne(ctx: Context, upload: Upload, file: File): Promise<readonly string[]> {
  const inspected = await inspectUpload(file);
  if (!inspected.ok) return [named(file, upload.files, inspected.message)];
  const stored = await keepFile(ctx, inspected);
  const outcome = await run(attachDocument, ctx, { id: upload.id, version: 1, kind: upload.kind, title: upload.title, ...stored });
  if (outcome.ok) return [];
  await ctx.files.remove(stored.fileId);
  return outcome.refusal.fields?.[documentCode(upload.kind)] ?? [outcome.refusal.message];
}

/**
 * Looks into each file, keeps it and puts it on the case (`rules.md 3.16`). Good files are kept even where others of the
 * same row are refused; the answer names those at the field of the row.
 */
export async function uploadPapers(ctx: Context, upload: Upload): Promise<FieldErrors> {
  const messages: string[] = [];
  for (const file of upload.files) messages.push(...(await uploadOne(ctx, upload, file)));
  return messages.length === 0 ? {} : { [documentCode(upload.kind)]: messages };
}
