/** Anything with a scheme, a host, a backslash or a control character could lead elsewhere. */
const local = /^\/(?![/\\])[^\\\p{Cc}]*$/u;
const base = 'http://local.invalid';

/** The path to go to after login when it is one of ours (`screens.md 1.5`), else undefined. No open redirect. */
export function localPath(text: string | null | undefined): string | undefined {
  if (text === null || text === undefined || text.length > 2_000 || !local.test(text)) return undefined;
  if (!URL.canParse(text, base)) return undefined;
  const url = new URL(text, base);
  if (url.origin !== base || url.pathname.startsWith('//')) return undefined;
  return `${url.pathname}${url.search}`;
}
