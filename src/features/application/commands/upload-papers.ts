import { createHash } from 'node:crypto';
import { newId } from '#kernel/id.ts';
import type { FieldErrors } from '#kernel/refusal.ts';
import { inspectFile } from '#platform/files/inspect-file.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { documentCode } from '../fields.ts';
import { attachDocument } from './papers.ts';

export type Upload = { id: string; kind: string; title: string; files: readonly File[] };

/** The message of a refused file; its name tells which one when several came at once. */
function named(file: File, files: readonly File[], message: string): string {
  return files.length > 1 ? `「${file.name}」${message}` : message;
}

async function uploadOne(ctx: Context, upload: Upload, file: File): Promise<readonly string[]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const inspected = await inspectFile(bytes, file.name);
  if (!inspected.ok) return [named(file, upload.files, inspected.message)];
  const fileId = newId();
  await ctx.files.put(fileId, bytes);
  const outcome = await run(attachDocument, ctx, {
    id: upload.id,
    version: 1,
    kind: upload.kind,
    title: upload.title,
    fileId,
    fileName: inspected.safeName,
    mediaType: inspected.mediaType,
    size: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  if (outcome.ok) return [];
  await ctx.files.remove(fileId);
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
