import { createHash } from 'node:crypto';
import type { Id } from '#kernel/id.ts';
import { newId } from '#kernel/id.ts';
import type { Context } from '../context.ts';
import { inspectFile } from './inspect-file.ts';
import type { StoredFile } from './stored-file.ts';

/** A file that came with a form: looked into, ready to be kept; or why not (`rules.md 3.16`). */
export type Inspection = { ok: true; bytes: Uint8Array; file: Omit<StoredFile, 'fileId'> } | { ok: false; message: string };

/** Looks into an uploaded file: its type by content, whether it is safe. */
export async function inspectUpload(file: File): Promise<Inspection> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const inspected = await inspectFile(bytes, file.name);
  if (!inspected.ok) return inspected;
  return {
    ok: true,
    bytes,
    file: {
      fileName: inspected.safeName,
      mediaType: inspected.mediaType,
      size: bytes.byteLength,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    },
  };
}

/** Keeps an inspected file in the store, before the change that will know of it. */
export async function keepFile(ctx: Context, inspected: Extract<Inspection, { ok: true }>, fileId: Id = newId()): Promise<StoredFile> {
  await ctx.files.put(fileId, inspected.bytes);
  return { fileId, ...inspected.file };
}
