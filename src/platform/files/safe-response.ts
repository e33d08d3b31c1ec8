import { Readable } from 'node:stream';
import { fileKinds } from './inspect-file.ts';

/** A kept file with the facts of its inspection. */
export type ServedFile = { name: string; mediaType: string; size: number };

export type Disposition = 'view' | 'download';

const known = new Map<string, { ending: string; viewable: boolean }>(
  Object.entries(fileKinds).map(([kind, { mediaType, endings }]) => [
    mediaType,
    { ending: endings[0], viewable: ['jpeg', 'gif', 'png', 'pdf'].includes(kind) },
  ]),
);
// Made by ourselves (データ出力), never taken from outside.
known.set('text/csv', { ending: 'csv', viewable: false });

/** RFC 5987: everything but the attribute characters as UTF-8 in percent form. */
function encodedName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * Headers under which a file written by strangers may reach a browser: its type as inspected and no other, shown in the
 * page only if picture or PDF, no script, no request from within, kept in no cache.
 */
export function safeHeaders(file: ServedFile, disposition: Disposition): Record<string, string> {
  const type = known.get(file.mediaType);
  const inline = disposition === 'view' && type?.viewable === true;
  return {
    'Content-Type': type === undefined ? 'application/octet-stream' : file.mediaType,
    'Content-Length': String(file.size),
    'Content-Disposition': `${inline ? 'inline' : 'attachment'}; filename="document.${type?.ending ?? 'bin'}"; filename*=UTF-8''${encodedName(file.name)}`,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy':
      "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'private, no-store',
  };
}

/** The whole answer for viewing or downloading a kept file. */
export function safeResponse(file: ServedFile, content: Readable, disposition: Disposition): Response {
  return new Response(Readable.toWeb(content) as ReadableStream<Uint8Array>, { headers: safeHeaders(file, disposition) });
}
