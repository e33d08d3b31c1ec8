import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { ByteReader, must } from './bytes.ts';

const unpack = promisify(inflateRaw);

const LOCAL = 0x04_03_4b_50;
const CENTRAL = 0x02_01_4b_50;
const END = 0x06_05_4b_50;
const END_BYTES = 22;
const STORED = 0;
const DEFLATED = 8;
/** Encrypted, strongly encrypted, masked. */
const HIDDEN_FLAGS = 0x0001 | 0x0040 | 0x2000;
const UTF8_FLAG = 0x0800;
const DESCRIPTOR_FLAG = 0x0008;
const LONGEST_DESCRIPTOR = 24;

const MOST_ENTRIES = 4000;
const MOST_UNPACKED = 100_000_000;
const STEEPEST = 250;
const STEEP_FROM = 1_000_000;

export type ZipEntry = { name: string; method: number; crc: number; packed: number; unpacked: number; local: number; start: number };

/**
 * The entries of a zip file that is exactly one zip file: starts with the first entry, ends with its directory, nothing
 * overlaps, nothing is hidden, nothing unpacks beyond reason. @throws DamagedFile
 */
export function zipEntries(bytes: Uint8Array): { reader: ByteReader; entries: ZipEntry[] } {
  const reader = new ByteReader(bytes);
  const end = reader.length - END_BYTES;
  must(reader.u32le(end) === END && reader.u16le(end + 20) === 0, 'directory at the very end');
  must(reader.u16le(end + 4) === 0 && reader.u16le(end + 6) === 0, 'one volume');
  const count = reader.u16le(end + 10);
  must(count === reader.u16le(end + 8) && count > 0 && count <= MOST_ENTRIES, 'number of entries');
  const directory = reader.u32le(end + 16);
  must(directory + reader.u32le(end + 12) === end, 'directory before its end');
  const entries: ZipEntry[] = [];
  let at = directory;
  for (let index = 0; index < count; index += 1) {
    const next = readEntry(reader, at);
    entries.push(next.entry);
    at = next.after;
  }
  must(at === end, 'nothing behind the directory');
  checkNames(entries);
  checkPlaces(entries, directory);
  checkSizes(entries);
  return { reader, entries };
}

function readEntry(reader: ByteReader, at: number): { entry: ZipEntry; after: number } {
  must(reader.u32le(at) === CENTRAL, 'directory entry');
  const flags = reader.u16le(at + 8);
  const method = reader.u16le(at + 10);
  must((flags & HIDDEN_FLAGS) === 0, 'encrypted entry');
  must(method === STORED || method === DEFLATED, 'packing method');
  const [nameLength, extraLength, commentLength] = [reader.u16le(at + 28), reader.u16le(at + 30), reader.u16le(at + 32)];
  must(commentLength === 0, 'comment');
  const rawName = reader.slice(at + 46, nameLength);
  const local = reader.u32le(at + 42);
  must(reader.u32le(local) === LOCAL && reader.u16le(local + 8) === method, 'local entry');
  must(reader.slice(local + 30, reader.u16le(local + 26)).equals(rawName), 'same name in both places');
  must((reader.u16le(local + 6) & HIDDEN_FLAGS) === 0, 'encrypted local entry');
  const entry = {
    name: rawName.toString((flags & UTF8_FLAG) === 0 ? 'latin1' : 'utf8'),
    method,
    crc: reader.u32le(at + 16),
    packed: reader.u32le(at + 20),
    unpacked: reader.u32le(at + 24),
    local,
    start: local + 30 + reader.u16le(local + 26) + reader.u16le(local + 28),
  };
  const deferred = (reader.u16le(local + 6) & DESCRIPTOR_FLAG) !== 0;
  must(deferred || reader.u32le(local + 18) === entry.packed, 'same size in both places');
  return { entry, after: at + 46 + nameLength + extraLength };
}

function checkNames(entries: readonly ZipEntry[]): void {
  const seen = new Set<string>();
  for (const { name } of entries) {
    const safe = name !== '' && !name.startsWith('/') && !/[\\:\p{Cc}]/u.test(name) && !name.split('/').includes('..');
    must(safe, 'name that leaves its folder');
    const folded = name.toLowerCase();
    must(!seen.has(folded), 'two entries of one name');
    seen.add(folded);
  }
}

/** Entries that share their data are how a small file becomes a huge one. */
function checkPlaces(entries: readonly ZipEntry[], directory: number): void {
  const sorted = [...entries].sort((a, b) => a.local - b.local);
  must(sorted[0]?.local === 0, 'starts with an entry');
  sorted.forEach((entry, index) => {
    const gap = (sorted[index + 1]?.local ?? directory) - (entry.start + entry.packed);
    must(gap >= 0 && gap <= LONGEST_DESCRIPTOR, 'overlapping or hidden entries');
  });
}

function checkSizes(entries: readonly ZipEntry[]): void {
  let total = 0;
  for (const entry of entries) {
    total += entry.unpacked;
    must(entry.unpacked < STEEP_FROM || entry.unpacked <= entry.packed * STEEPEST, 'unpacks beyond reason');
    must(entry.method !== STORED || entry.packed === entry.unpacked, 'stored size');
  }
  must(total <= MOST_UNPACKED, 'unpacks beyond reason');
}

/** The content of an entry, exactly as large as declared and with its checksum. @throws DamagedFile */
export async function readZipEntry(reader: ByteReader, entry: ZipEntry): Promise<Buffer> {
  const packed = reader.slice(entry.start, entry.packed);
  const content = entry.method === STORED ? packed : await unpackWithin(packed, entry.unpacked);
  must(content !== undefined && content.length === entry.unpacked, 'size as declared');
  must(crc32(content) === entry.crc, 'checksum');
  return content;
}

async function unpackWithin(packed: Buffer, most: number): Promise<Buffer | undefined> {
  try {
    return await unpack(packed, { maxOutputLength: Math.max(most, 1) });
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined; // damaged, or larger than declared
    throw error;
  }
}
