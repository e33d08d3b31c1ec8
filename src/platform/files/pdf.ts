import { constants, inflateSync } from 'node:zlib';
import { must } from './bytes.ts';

/** What makes a PDF act, carry other files, or hide from this inspection. */
const dangerous = /\/(?:JavaScript|Launch|EmbeddedFiles?|Encrypt|RichMedia|Rendition|GoToE|ImportData|SubmitForm|XFA)(?![A-Za-z0-9])/;
/** Two bytes long and therefore met by chance in compressed data: looked for only in text. */
const dangerousInText = /\/JS(?![A-Za-z0-9])/;
/** Packings that would hide a packed object from us; no writer of packed objects uses them. */
const oldPackings = /\/(?:ASCIIHexDecode|AHx|ASCII85Decode|A85|LZWDecode|LZW|RunLengthDecode|RL|Crypt)(?![A-Za-z0-9])/;

const TAIL = 2048;
/** How much of a stream is unpacked to see what it is; the short try is for pictures of one colour, which swell. */
const PROBES = [512, 64] as const;
const PROBE_OUTPUT = 70_000;
const MOST_PROBED = 48_000_000;
const MOST_STREAMS = 20_000;
const MOST_CODED = 20_000;
const MOST_PACKED_OBJECTS = 32_000_000;

const coded = /#([0-9A-Fa-f]{2})/g;

/** Names may be written with #xx for any letter: `/J#61vaScript`. Who writes everything so has something to hide. */
function plainNames(text: string): string {
  let count = 0;
  for (const found of text.matchAll(coded)) {
    count += found.length - 1;
    must(count <= MOST_CODED, 'names in code');
  }
  return count === 0 ? text : text.replaceAll(coded, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Looks through a PDF for anything that acts or hides. @throws DamagedFile when it is cut off or found wanting */
export function checkPdf(bytes: Buffer): void {
  const text = bytes.toString('latin1');
  must(/^%PDF-[12]\.\d/.test(text), 'header at the start');
  const tail = text.slice(-TAIL);
  must(/%%EOF[\s\0]*$/.test(tail), 'nothing behind the end');
  must(text.includes('startxref'), 'cross reference');
  const names = plainNames(text);
  must(!dangerous.test(text) && !dangerous.test(names), 'active or embedded content');
  must(!dangerousInText.test(withoutStreams(names)), 'script');
  must(!(names.includes('/ObjStm') && oldPackings.test(names)), 'packed in an unusual way');
  checkPackedObjects(bytes, text);
}

function withoutStreams(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf('stream', at);
    const end = start === -1 ? -1 : text.indexOf('endstream', start);
    if (start === -1 || end === -1) break;
    parts.push(text.slice(at, start));
    at = end + 'endstream'.length;
  }
  return [...parts, text.slice(at)].join(' ');
}

/** Every compressed stream that starts like packed objects is unpacked and looked through, whatever its dictionary claims. */
function checkPackedObjects(bytes: Buffer, text: string): void {
  let budget = MOST_PACKED_OBJECTS;
  let count = 0;
  let probed = 0;
  let end = 0;
  for (const found of text.matchAll(/stream\r?\n/g)) {
    const start = found.index + found[0].length;
    if (!isZlib(bytes, start)) continue;
    count += 1;
    must(count <= MOST_STREAMS, 'too many streams');
    if (end < start) end = text.indexOf('endstream', start);
    must(end !== -1, 'stream without end');
    const packed = bytes.subarray(start, end);
    const probe = probeOf(packed);
    probed += probe.cost;
    must(probed <= MOST_PROBED, 'swells beyond reason');
    if (!startsLikeObjects(probe.start)) continue;
    const objects = inflate(packed, budget);
    must(objects !== undefined, 'packed objects that cannot be read');
    budget -= objects.length;
    const names = plainNames(objects.toString('latin1'));
    must(!dangerous.test(names) && !dangerousInText.test(names), 'active content in packed objects');
  }
}

function isZlib(bytes: Buffer, at: number): boolean {
  return at + 2 <= bytes.length && ((bytes[at] ?? 0) & 0x0f) === 8 && bytes.readUInt16BE(at) % 31 === 0;
}

/** The first bytes of a stream unpacked, and how many bytes that took; without them when it is damaged. */
function probeOf(packed: Buffer): { start: Buffer | undefined; cost: number } {
  let cost = 0;
  for (const probe of PROBES) {
    const start = inflate(packed.subarray(0, probe), PROBE_OUTPUT);
    cost += start?.length ?? PROBE_OUTPUT;
    if (start !== undefined) return { start, cost };
  }
  return { start: undefined, cost };
}

/** Packed objects start with pairs of whole numbers; a comment in front of them would be an attempt to hide. */
function startsLikeObjects(start: Buffer | undefined): boolean {
  return start === undefined || /^[\s\0]*(?:%|\d+[\s\0]+\d+[\s\0])/.test(start.toString('latin1', 0, 256));
}

/** Undefined when the data is damaged or larger than allowed. Data cut off at its end gives what is there. */
function inflate(packed: Buffer, most: number): Buffer | undefined {
  if (most <= 0) return undefined;
  try {
    return inflateSync(packed, { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined; // zlib's own refusals all carry a code
    throw error;
  }
}
