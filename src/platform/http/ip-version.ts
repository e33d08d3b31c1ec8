import { isIP } from 'node:net';

/** 4 or 6 for a network address, undefined for any other text. */
export function ipVersion(text: string): 4 | 6 | undefined {
  const version = isIP(text);
  return version === 4 || version === 6 ? version : undefined;
}
