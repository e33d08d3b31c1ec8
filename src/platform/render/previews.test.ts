import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import type { FileStore } from '../files/file-store.ts';
import { previewOf, previewPage } from './previews.ts';
import type { Renderer, Rendering } from './renderer.ts';

function storeInMemory(): FileStore & { kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  return {
    kept,
    put: async (id, bytes) => void kept.set(id, bytes instanceof Uint8Array ? bytes : await buffer(bytes)),
    get: async (id) => {
      const bytes = kept.get(id);
      return bytes === undefined ? undefined : Readable.from([Buffer.from(bytes)]);
    },
    remove: async (id) => void kept.delete(id),
    list: async function* () {
      for (const id of kept.keys()) yield await Promise.resolve({ id, storedAt: new Date(0) });
    },
  };
}

const page = (text: string) => new Uint8Array(Buffer.from(text));

function around(...answers: Rendering[]) {
  const calls: string[] = [];
  const files = storeInMemory();
  const render: Renderer = {
    preview: async (_bytes, mediaType) => {
      calls.push(mediaType);
      return await Promise.resolve(answers[calls.length - 1] ?? { kind: 'none', reason: 'crash' });
    },
    print: async () => await Promise.resolve(undefined),
  };
  return { calls, files, at: (minutes: number) => ({ files, render, now: new Date(minutes * 60_000) }) };
}

async function keep(files: FileStore) {
  const fileId = newId();
  await files.put(fileId, page('x'));
  return { fileId, mediaType: 'application/pdf' };
}

const twoPages: Rendering = { kind: 'pages', pages: [page('一'), page('二')], pageCount: 9, from: 'pdf' };

describe('プレビューの保管', () => {
  it('一度だけ描き、次からは保管したものを出す', async () => {
    const { calls, files, at } = around(twoPages);
    const kept = await keep(files);
    const shown = { kind: 'pages', drawn: 2, pageCount: 9, from: 'pdf' };
    expect(await previewOf(at(0), kept)).toEqual(shown);
    expect(await previewOf(at(1), kept)).toEqual(shown);
    expect((await previewPage(at(1), kept, 2))?.toString('utf8')).toBe('二');
    expect(await previewPage(at(1), kept, 3)).toBeUndefined();
    expect(calls).toHaveLength(1);
    expect(await buffer((await files.get(kept.fileId)) ?? Readable.from([]))).toEqual(Buffer.from('x'));
  });

  it('同時に見ても、描くのは一度だけ', async () => {
    const { calls, files, at } = around(twoPages);
    const kept = await keep(files);
    await Promise.all([previewOf(at(0), kept), previewOf(at(0), kept), previewPage(at(0), kept, 1)]);
    expect(calls).toHaveLength(1);
  });

  it('描けなかったファイルは一時間は描き直さず、その後もう一度試す', async () => {
    const { calls, files, at } = around({ kind: 'none', reason: 'timeout' }, twoPages);
    const kept = await keep(files);
    expect((await previewOf(at(0), kept))?.kind).toBe('none');
    expect((await previewOf(at(59), kept))?.kind).toBe('none');
    expect(calls).toHaveLength(1);
    expect((await previewOf(at(60), kept))?.kind).toBe('pages');
  });

  it('混み合っていただけなら、すぐに試す', async () => {
    const { files, at } = around({ kind: 'none', reason: 'busy' }, twoPages);
    const kept = await keep(files);
    expect((await previewOf(at(0), kept))?.kind).toBe('none');
    expect((await previewOf(at(0), kept))?.kind).toBe('pages');
  });

  it('ファイルがなければ、何もない', async () => {
    const { calls, at } = around(twoPages);
    expect(await previewOf(at(0), { fileId: newId(), mediaType: 'image/png' })).toBeUndefined();
    expect(calls).toEqual([]);
  });
});
