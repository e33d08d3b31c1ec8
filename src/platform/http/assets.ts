import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { getMimeType } from 'hono/utils/mime';

/** Answers a request for a file of the build; undefined for any other path. */
export type Assets = (request: Request, pathname: string) => Promise<Response | undefined>;

type Asset = {
  file: string;
  size: number;
  type: string;
  caching: string;
  whole?: Uint8Array<ArrayBuffer>;
  zipped?: Uint8Array<ArrayBuffer>;
};

const zip = promisify(gzip);
/** Larger files are streamed from disk each time. */
const keptInMemory = 512 * 1024;
const worthZipping = /^(text\/|application\/(javascript|json)|image\/svg)/;

async function find(directory: string): Promise<Map<string, Asset>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map(async (entry) => {
        const file = join(entry.parentPath, entry.name);
        const path = `/${relative(directory, file).split(sep).join('/')}`;
        // Vite names the files under assets/ by their content.
        const caching = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600';
        return [path, { file, size: (await stat(file)).size, type: getMimeType(path) ?? 'application/octet-stream', caching }] as const;
      }),
  );
  return new Map(found);
}

async function bytesOf(asset: Asset, zipped: boolean): Promise<Uint8Array<ArrayBuffer>> {
  asset.whole ??= new Uint8Array(await readFile(asset.file));
  if (!zipped) return asset.whole;
  return (asset.zipped ??= new Uint8Array(await zip(asset.whole)));
}

async function answer(asset: Asset, request: Request): Promise<Response> {
  const headers = new Headers({ 'Content-Type': asset.type, 'Cache-Control': asset.caching });
  if (request.method === 'HEAD') return new Response(null, { headers });
  if (asset.size > keptInMemory) {
    headers.set('Content-Length', String(asset.size));
    return new Response(Readable.toWeb(createReadStream(asset.file)) as ReadableStream, { headers });
  }
  const canZip = worthZipping.test(asset.type);
  const zipped = canZip && /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
  if (canZip) headers.set('Vary', 'Accept-Encoding');
  if (zipped) headers.set('Content-Encoding', 'gzip');
  return new Response(await bytesOf(asset, zipped), { headers });
}

/** Lists the directory once: only what was there then is served, so no path can lead out of it. */
export async function loadAssets(directory: string): Promise<Assets> {
  const assets = await find(directory);
  return async (request, pathname) => {
    const asset = assets.get(pathname);
    if (asset !== undefined) return await answer(asset, request);
    return pathname.startsWith('/assets/') ? new Response('Not found', { status: 404 }) : undefined;
  };
}
