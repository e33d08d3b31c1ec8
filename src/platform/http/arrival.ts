import { randomUUID } from 'node:crypto';
import { serviceMessages } from '#kernel/service-messages.ts';
import type { Signer } from '../session/signed.ts';
import type { Connection } from './api-mount.ts';
import { type Origin, type OriginSettings, originOf } from './origin.ts';

/** One request as it came in, before anybody is known. */
export type Arrival = Origin & {
  id: string;
  now: Date;
  /** `performance.now()` at arrival. */
  started: number;
  method: string;
  url: URL;
  nonce: string;
  header: (name: string) => string | undefined;
  signer: Signer;
  /** Set-Cookie headers of the answer. */
  setCookies: string[];
};

type Seen = { request: Request; bindings: Connection; now: Date };

/** Reads what the door needs from a request; nothing of it is trusted but our own proxy's headers. */
export function arrivalOf(seen: Seen, settings: OriginSettings, signer: Signer): Arrival {
  const { request } = seen;
  const header = (name: string) => request.headers.get(name) ?? undefined;
  const url = new URL(request.url);
  return {
    ...originOf(settings, { host: url.host, header, remoteAddress: seen.bindings.incoming?.socket.remoteAddress ?? '' }),
    id: randomUUID(),
    now: seen.now,
    started: performance.now(),
    method: request.method,
    url,
    nonce: randomUUID(),
    header,
    signer,
    setCookies: [],
  };
}

function decodes(pathname: string): boolean {
  try {
    // The result is used, or the bundler takes the call for one without effect and drops it.
    return decodeURIComponent(pathname) !== '';
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);
const longestAddress = 8_000;

/** A short text answer for callers that are no browser of a person. */
export function plain(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(`${text}\n`, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers } });
}

/** Answers what no page of ours asks for: an unreadable address (400), an unknown method (405). */
export function turnedAway(arrival: Arrival): Response | undefined {
  if (!knownMethods.has(arrival.method)) return plain(405, serviceMessages.method, { Allow: 'GET, HEAD, POST' });
  if (arrival.url.href.length > longestAddress) return plain(414, serviceMessages.addressTooLong);
  const readable = decodes(arrival.url.pathname) && !/%00/.test(arrival.url.pathname + arrival.url.search);
  return readable ? undefined : plain(400, serviceMessages.addressUnreadable);
}
