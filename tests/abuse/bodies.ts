import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { SeededRandom } from '#support/seeded-random.ts';
import { hostileTexts } from './values.ts';

/** Bodies that no form and no system of ours sends: broken, deep, huge, wrongly named. */

export type Body = { type: string; bytes: Buffer };

const json = 'application/json';
const form = 'application/x-www-form-urlencoded';

/** JSON of every kind, some of it deep; the same for the same seed. */
export function oddJson(seed: number, count: number): string[] {
  return fc.sample(fc.json({ maxDepth: 7 }), { seed, numRuns: count });
}

function part(name: string, body: string, more = ''): string {
  return `--zz\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${body}\r\n`;
}

/** Fields as multipart, with a file that nobody asked for. */
export function multipart(fields: readonly (readonly [string, string])[], filename: string): Body {
  const parts = fields.map(([name, value]) => part(name, value)).join('');
  const file = part('file', '%PDF-1.4\n%%EOF', `; filename="${filename}"\r\nContent-Type: application/pdf`);
  return { type: 'multipart/form-data; boundary=zz', bytes: Buffer.from(`${parts}${file}--zz--\r\n`) };
}

const broken: readonly Body[] = [
  { type: json, bytes: Buffer.from('{"a":') },
  { type: json, bytes: Buffer.from('[') },
  { type: json, bytes: Buffer.from('"text"') },
  { type: json, bytes: Buffer.from('{"a":1,"a":2,"__proto__":{"admin":true}}') },
  { type: json, bytes: Buffer.from(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) },
  { type: json, bytes: Buffer.from(`${'{"a":'.repeat(8_000)}1${'}'.repeat(8_000)}`) },
  { type: json, bytes: Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]) },
  { type: json, bytes: Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]) },
  { type: json, bytes: Buffer.from('{"decidedOn":1e999,"categoryId":-0.0,"reasons":{"length":9}}') },
  { type: `${json}; charset=utf-16`, bytes: Buffer.from('{"a":1}', 'utf16le') },
  { type: 'text/plain', bytes: Buffer.from('{"a":1}') },
  { type: 'application/xml', bytes: Buffer.from('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>') },
  { type: '', bytes: Buffer.from('a=1') },
  { type: 'a/b/c; ;;=', bytes: Buffer.from('a=1') },
  { type: form, bytes: Buffer.from('%') },
  { type: form, bytes: Buffer.from('a=%zz&%=%&&&=') },
  { type: form, bytes: Buffer.from('a=%ff%fe%ed%a0%80') },
  { type: form, bytes: Buffer.from('a=1&a.b=2&a.b.c=3&a=4') },
  { type: form, bytes: Buffer.from('a%00=1') },
  { type: form, bytes: Buffer.from('x=1&'.repeat(2_500)) },
  { type: form, bytes: Buffer.alloc(70 * 1024, 'a') },
  { type: `${form}; charset=shift_jis`, bytes: Buffer.from([0x61, 0x3d, 0x83, 0x65, 0x83, 0x58]) },
  { type: form, bytes: gzipSync(Buffer.alloc(1_000_000)) },
  { type: 'multipart/form-data', bytes: Buffer.from('a=1') },
  { type: 'multipart/form-data; boundary=', bytes: Buffer.from('--\r\n') },
  { type: 'multipart/form-data; boundary=zz', bytes: Buffer.from('--zz\r\nContent-Disposition: form-data; name="a"') },
  { type: 'multipart/form-data; boundary=zz', bytes: Buffer.from('--zz\r\n\r\nnameless\r\n--zz--') },
  { type: 'multipart/form-data; boundary=zz', bytes: Buffer.from('--zz--\r\n') },
  { type: `multipart/form-data; boundary=${'z'.repeat(500)}`, bytes: Buffer.from('rubbish') },
  { type: 'multipart/mixed; boundary=zz', bytes: Buffer.from('--zz\r\n\r\na\r\n--zz--') },
  multipart([['intent', 'submit']], '../../../etc/passwd'),
  multipart([['unknown', 'x']], `${'長'.repeat(300)}.pdf`),
  multipart(
    Array.from({ length: 3_000 }, (_, n) => ['n', String(n)] as const),
    'a.pdf',
  ),
  { type: form, bytes: Buffer.alloc(0) },
];

/** One of them. */
export function brokenBody(random: SeededRandom): Body {
  return random.pick(broken);
}

/** Fields of a form, some of them wrong, missing, repeated or too many. */
export function spoiled(random: SeededRandom, fields: readonly (readonly [string, string])[]): (readonly [string, string])[] {
  return fields.flatMap(([name, value]): (readonly [string, string])[] => {
    const chance = random.next();
    if (chance < 0.1) return [];
    if (chance < 0.35) return [[name, random.pick(hostileTexts)]];
    if (chance < 0.42)
      return [
        [name, value],
        [name, random.pick(hostileTexts)],
      ];
    if (chance < 0.47) return [[`${name}.0.x`, value]];
    return [[name, value]];
  });
}

/** A JSON value with something wrong somewhere in it. */
export function spoiledJson(random: SeededRandom, value: unknown, odd: readonly string[]): unknown {
  if (random.next() < 0.25) {
    const wild: unknown = JSON.parse(random.pick(odd));
    return random.next() < 0.5 ? random.pick(hostileTexts) : wild;
  }
  if (Array.isArray(value)) return value.map((one): unknown => spoiledJson(random, one, odd));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(() => random.next() > 0.1);
  return Object.fromEntries(kept.map(([name, one]) => [name, spoiledJson(random, one, odd)]));
}
