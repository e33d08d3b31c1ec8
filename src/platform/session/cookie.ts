/** What a browser keeps for us between two pages before anybody is logged in; always signed. */
export type KeptName = 'mamis-consent' | 'mamis-entry' | 'mamis-step' | 'mamis-first' | 'mamis-trust' | 'mamis-passkey';

export type CookieName = 'mamis' | 'mamis-flash' | 'mamis-device' | KeptName;

/** Names of our cookies. `__Host-` binds them to host, path and https; plain http on this machine cannot have it. */
export function cookieName(name: CookieName, secure: boolean): string {
  return secure ? `__Host-${name}` : name;
}

/** The value of one cookie in a Cookie header; the first when there are several. */
export function readCookie(header: string | null, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const cut = part.indexOf('=');
    if (cut > 0 && part.slice(0, cut).trim() === name) return part.slice(cut + 1).trim();
  }
  return undefined;
}

/** A Set-Cookie header. Without `maxAgeSeconds` it lives as long as the browser; 0 removes it. */
export function writeCookie(cookie: { name: string; value: string; secure: boolean; maxAgeSeconds?: number }): string {
  const age = cookie.maxAgeSeconds === undefined ? '' : `; Max-Age=${cookie.maxAgeSeconds}`;
  return `${cookie.name}=${cookie.value}; Path=/; HttpOnly; SameSite=Lax${age}${cookie.secure ? '; Secure' : ''}`;
}
