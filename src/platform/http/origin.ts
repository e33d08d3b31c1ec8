/** Where a request came from and under which address the person sees us. */
export type Origin = {
  /** `https://mamis.example.jp`, never with a path. */
  origin: string;
  secure: boolean;
  /** Network address of the caller; behind a trusted proxy the one it reports. */
  address: string;
};

export type OriginSettings = { publicOrigin?: string | undefined; trustProxy: boolean };

type Peer = { host: string; header: (name: string) => string | undefined; remoteAddress: string };

/** The entry that our own proxy appended; what stands before it is the caller's own claim. */
function lastOf(list: string | undefined): string | undefined {
  return list?.split(',').at(-1)?.trim();
}

function schemeOf(settings: OriginSettings, peer: Peer): 'http' | 'https' {
  return settings.trustProxy && lastOf(peer.header('x-forwarded-proto')) === 'https' ? 'https' : 'http';
}

/** Behind a TLS proxy the public origin comes from configuration, or from the proxy where it is trusted; never from others. */
export function originOf(settings: OriginSettings, peer: Peer): Origin {
  const forwardedHost = settings.trustProxy ? lastOf(peer.header('x-forwarded-host')) : undefined;
  const origin = settings.publicOrigin ?? `${schemeOf(settings, peer)}://${forwardedHost ?? peer.host}`;
  const forwardedFor = settings.trustProxy ? lastOf(peer.header('x-forwarded-for')) : undefined;
  return { origin: origin.toLowerCase(), secure: origin.startsWith('https:'), address: forwardedFor || peer.remoteAddress };
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Methods that change nothing and need no proof of where they come from. */
export function isSafeMethod(method: string): boolean {
  return safeMethods.has(method);
}

function originOfReferer(referer: string): string {
  return URL.canParse(referer) ? new URL(referer).origin : '';
}

/**
 * True when a changing request was made by a page of ours. Every header that the browser sent must say so; a request
 * with none of the three is refused, because every browser sends one.
 */
export function isOwnPage(own: string, header: (name: string) => string | undefined): boolean {
  const site = header('sec-fetch-site');
  const origin = header('origin');
  const referer = header('referer');
  if (site !== undefined && site !== 'same-origin') return false;
  if (origin !== undefined) return origin.toLowerCase() === own;
  if (referer !== undefined) return originOfReferer(referer) === own;
  return site !== undefined;
}
