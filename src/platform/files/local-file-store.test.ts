import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#kernel/id.ts';
import { localFileStore } from './local-file-store.ts';
import { safeHeaders, safeResponse } from './safe-response.ts';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'mamis-files-'));
});

afterAll(async () => {
  await rm(root, { recursive: true });
});

describe('the local file store', () => {
  it('keeps, gives and removes bytes under ids, readable by this account only', async () => {
    const store = localFileStore(join(root, 'files'));
    const id = newId();
    await store.put(id, Buffer.from('免許証'));
    const stream = await store.get(id);
    expect(stream && (await buffer(stream)).toString()).toBe('免許証');
    const names = (await readdir(join(root, 'files'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(names.map((entry) => entry.name)).toEqual([id]);
    const [kept] = names;
    expect((await stat(join(kept?.parentPath ?? '', id))).mode & 0o777).toBe(0o600);
    expect((await stat(join(root, 'files'))).mode & 0o777).toBe(0o700);
    await store.remove(id);
    await store.remove(id);
    expect(await store.get(id)).toBeUndefined();
  });

  it('leaves nothing behind when a write fails', async () => {
    const store = localFileStore(join(root, 'broken'));
    const wrong: Uint8Array = JSON.parse('{}');
    await expect(store.put(newId(), wrong)).rejects.toThrow();
    const left = await readdir(join(root, 'broken'), { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
  });

  it.each(['../../etc/passwd', '', 'a', '0'.repeat(36), 'AAAAAAAA-AAAA-7AAA-8AAA-AAAAAAAAAAAA'])('knows no place for %j', async (id) => {
    const store = localFileStore(root);
    await expect(store.get(id)).rejects.toThrow(RangeError);
    await expect(store.put(id, Buffer.from('x'))).rejects.toThrow(RangeError);
    await expect(store.remove(id)).rejects.toThrow(RangeError);
  });
});

describe('the answer with a kept file', () => {
  it('shows pictures and PDF in the page, sandboxed and never cached', async () => {
    const store = localFileStore(root);
    const id = newId();
    await store.put(id, Buffer.from('%PDF'));
    const stream = await store.get(id);
    if (stream === undefined) throw new Error('not kept');
    const answer = safeResponse({ name: "免許証(表) '1'.pdf", mediaType: 'application/pdf', size: 4 }, stream, 'view');
    expect(await answer.text()).toBe('%PDF');
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': '4',
      'content-disposition': 'inline; filename="document.pdf"; filename*=UTF-8\'\'%E5%85%8D%E8%A8%B1%E8%A8%BC%28%E8%A1%A8%29%20%271%27.pdf',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
    expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
  });

  it.each([
    ['Word', 'application/msword', 'view', 'attachment; filename="document.doc"', 'application/msword'],
    ['a picture on request', 'image/png', 'download', 'attachment; filename="document.png"', 'image/png'],
    ['anything unknown', 'text/html', 'view', 'attachment; filename="document.bin"', 'application/octet-stream'],
  ] as const)('offers %s for download', (_title, mediaType, disposition, start, served) => {
    const headers = safeHeaders({ name: 'a', mediaType, size: 1 }, disposition);
    expect(headers['Content-Disposition']).toMatch(new RegExp(`^${start.replaceAll('.', '\\.')}`));
    expect(headers['Content-Type']).toBe(served);
  });
});
