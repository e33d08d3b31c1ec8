import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { derivedId } from '../files/derived-id.ts';
import type { FileStore } from '../files/file-store.ts';
import { limits } from './job.ts';
import type { Renderer, Rendering } from './renderer.ts';

/** Previews of kept files, made once and kept beside them in the file store. */

const block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), text: z.string() }),
  z.object({ kind: z.literal('paragraph'), text: z.string() }),
  z.object({ kind: z.literal('table'), title: z.string(), rows: z.array(z.array(z.string())) }),
]);

const previewSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pages'), drawn: z.int(), pageCount: z.int(), from: z.enum(['picture', 'pdf', 'office']) }),
  z.object({ kind: z.literal('text'), blocks: z.array(block), cut: z.boolean(), from: z.enum(['word', 'excel']) }),
  /** Tried again from then on (milliseconds): a busy machine may have been the reason. */
  z.object({ kind: z.literal('none'), until: z.number() }),
]);

/** What a preview page shows; pages are fetched one by one with `previewPage`. */
export type Preview = z.infer<typeof previewSchema>;

type Surroundings = { files: FileStore; render: Renderer; now: Date };
type Kept = { fileId: string; mediaType: string };

/** Raised when drawing changes, so that old previews are made anew. */
const VERSION = '1';
const RETRY = 60 * 60 * 1000;

const headId = (fileId: string) => derivedId('preview', VERSION, fileId);
const pageId = (fileId: string, page: number) => derivedId('preview', VERSION, fileId, String(page));

async function readAll(files: FileStore, id: string): Promise<Buffer | undefined> {
  const stream = await files.get(id);
  return stream === undefined ? undefined : await buffer(stream);
}

async function findPreview({ files, now }: Surroundings, fileId: string): Promise<Preview | undefined> {
  const head = await readAll(files, headId(fileId));
  if (head === undefined) return undefined;
  const preview = previewSchema.parse(JSON.parse(head.toString('utf8')));
  return preview.kind === 'none' && preview.until <= now.getTime() ? undefined : preview;
}

function headOf(rendering: Rendering, now: Date): Preview {
  switch (rendering.kind) {
    case 'pages':
      return { kind: 'pages', drawn: rendering.pages.length, pageCount: rendering.pageCount, from: rendering.from };
    case 'text':
      return {
        kind: 'text',
        blocks: rendering.blocks.map((one) => (one.kind === 'table' ? { ...one, rows: one.rows.map((row) => [...row]) } : one)),
        cut: rendering.cut,
        from: rendering.from,
      };
    case 'none':
      return { kind: 'none', until: now.getTime() + RETRY };
  }
}

async function makePreview(around: Surroundings, { fileId, mediaType }: Kept): Promise<Preview | undefined> {
  const bytes = await readAll(around.files, fileId);
  if (bytes === undefined) return undefined;
  const rendering = await around.render.preview(bytes, mediaType);
  const head = headOf(rendering, around.now);
  if (rendering.kind === 'none' && rendering.reason === 'busy') return head;
  // Pages first: a head promises that its pages are there.
  if (rendering.kind === 'pages')
    for (const [index, page] of rendering.pages.entries()) await around.files.put(pageId(fileId, index + 1), page);
  await around.files.put(headId(fileId), Buffer.from(JSON.stringify(head), 'utf8'));
  return head;
}

const underWay = new Map<string, Promise<Preview | undefined>>();

/** The preview of a kept file, made at the first look; undefined when the file itself is gone. */
export async function previewOf(around: Surroundings, kept: Kept): Promise<Preview | undefined> {
  const found = await findPreview(around, kept.fileId);
  if (found !== undefined) return found;
  const running = underWay.get(kept.fileId);
  if (running !== undefined) return await running;
  const made = makePreview(around, kept).finally(() => underWay.delete(kept.fileId));
  underWay.set(kept.fileId, made);
  return await made;
}

/** One drawn page (from 1) as WebP; undefined when there is none. */
export async function previewPage(around: Surroundings, kept: Kept, page: number): Promise<Buffer | undefined> {
  const preview = await previewOf(around, kept);
  if (preview?.kind !== 'pages' || page > preview.drawn) return undefined;
  return await readAll(around.files, pageId(kept.fileId, page));
}

/** Removes what was made of a file; called when the file itself is removed. */
export async function removePreview(files: FileStore, fileId: string): Promise<void> {
  await files.remove(headId(fileId));
  for (let page = 1; page <= limits.pages; page += 1) await files.remove(pageId(fileId, page));
}
