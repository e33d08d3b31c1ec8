/** Ids of rows, made before the row is written, so that a command can name what it will create. */

// The pure part is compiled without DOM and Node types; both browser and server have this.
declare const crypto: { getRandomValues(target: Uint8Array): Uint8Array };

declare const idBrand: unique symbol;

/** A UUID in lower case. */
export type Id = string & { readonly [idBrand]: 'Id' };

let lastMs = 0;
let counter = 0;

/** True for a UUID in lower case, of any version (older data may bring others). */
export function isId(value: unknown): value is Id {
  return typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(value);
}

/**
 * A new UUID of version 7 (RFC 9562): 48 bits of milliseconds, then within one process a counter, then 62 random
 * bits; ids of one process sort in the order in which they were made.
 */
export function newId(now: number = Date.now()): Id {
  tick(now);
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  const random = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const time = lastMs.toString(16).padStart(12, '0');
  const variant = (0x8 | ((bytes[0] ?? 0) & 0x3)).toString(16);
  const sequence = counter.toString(16).padStart(3, '0');
  const text = `${time.slice(0, 8)}-${time.slice(8)}-7${sequence}-${variant}${random.slice(1, 4)}-${random.slice(4)}`;
  if (!isId(text)) throw new RangeError('time outside the range of a UUID');
  return text;
}

/** Never goes back, even if the machine's clock does; 4,096 ids in one millisecond borrow the next. */
function tick(now: number): void {
  if (now > lastMs) {
    lastMs = now;
    counter = 0;
  } else if (counter < 0xfff) {
    counter += 1;
  } else {
    lastMs += 1;
    counter = 0;
  }
}
