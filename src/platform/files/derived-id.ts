import { createHash } from 'node:crypto';
import type { Id } from '#kernel/id.ts';
import { isId } from '#kernel/id.ts';

/** The same id for the same parts, always: for what is made again from something else. A UUID of version 8 (RFC 9562). */
export function derivedId(...parts: readonly string[]): Id {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  const text = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  if (!isId(text)) throw new RangeError('not the form of an id');
  return text;
}
