import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { access, mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isId } from '#kernel/id.ts';
import type { FileStore } from './file-store.ts';

/** Files in a directory that only this account can read, outside everything the web server serves. */
export function localFileStore(root: string): FileStore {
  /** Ids begin with their time, so the random end spreads them over folders. */
  function pathOf(id: string): string {
    if (!isId(id)) throw new RangeError('a file is kept under an id');
    return join(root, id.slice(-2), id.slice(-4, -2), id);
  }

  return {
    put: async (id, bytes) => {
      const path = pathOf(id);
      const folder = dirname(path);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const draft = `${path}.${randomBytes(6).toString('hex')}.part`;
      try {
        await writeDraft(draft, bytes);
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      await syncFolder(folder);
    },
    get: async (id) => {
      const path = pathOf(id);
      return (await exists(path)) ? createReadStream(path) : undefined;
    },
    remove: async (id) => {
      await rm(pathOf(id), { force: true });
    },
    list: async function* () {
      for await (const path of filesBelow(root)) {
        const id = basename(path);
        const known = isId(id) ? await stat(path).catch(ignoreMissing) : undefined;
        if (isId(id) && known !== undefined) yield { id, storedAt: known.mtime };
      }
    },
  };
}

/** Removed between being found and being looked at. */
function ignoreMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries = await opendir(folder).catch(ignoreMissing);
  if (entries === undefined) return;
  for await (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}

async function writeDraft(path: string, bytes: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
  const file: FileHandle = await open(path, 'wx', 0o600);
  try {
    if (bytes instanceof Uint8Array) await file.writeFile(bytes);
    else for await (const chunk of bytes) await file.appendFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The new name itself is on the disk only after this. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
