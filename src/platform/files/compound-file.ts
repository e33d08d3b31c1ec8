import { ByteReader, must } from './bytes.ts';

const END_OF_CHAIN = 0xff_ff_ff_fe;
const HEADER = 512;
const ENTRY = 128;
const SMALL_STREAM = 4096;
const SMALL_SECTOR = 64;
const IN_HEADER = 109;

export type CompoundEntry = { name: string; kind: 'storage' | 'stream' | 'root'; start: number; size: number };

/** The compound file of old Word and Excel: a small file system of sectors in one file. @throws DamagedFile */
export class CompoundFile {
  readonly entries: readonly CompoundEntry[];
  readonly #reader: ByteReader;
  readonly #sector: number;
  readonly #fat: readonly number[];
  readonly #smallFat: readonly number[];
  #small: Buffer | undefined;

  constructor(bytes: Uint8Array) {
    this.#reader = new ByteReader(bytes);
    const shift = this.#reader.u16le(30);
    must(shift === 9 || shift === 12, 'sector size');
    this.#sector = 2 ** shift;
    this.#fat = this.#numbersOf(this.#fatSectors());
    this.#smallFat = this.#numbersOf(this.#chain(this.#reader.u32le(60)));
    this.entries = this.#readEntries();
  }

  /** The first bytes of a stream, at most `most`. */
  read(entry: CompoundEntry, most: number): Buffer {
    const size = Math.min(entry.size, most);
    if (entry.size >= SMALL_STREAM) return this.#join(this.#chain(entry.start), size);
    const container = this.#smallSectors();
    const parts = this.#follow(this.#smallFat, entry.start).map((sector) => container.slice(sector * SMALL_SECTOR, SMALL_SECTOR));
    const whole = Buffer.concat(parts);
    must(whole.length >= size, 'short stream');
    return whole.subarray(0, size);
  }

  #smallSectors(): ByteReader {
    const root = this.entries.find((entry) => entry.kind === 'root');
    must(root !== undefined, 'root entry');
    this.#small ??= this.#join(this.#chain(root.start), root.size);
    return new ByteReader(this.#small);
  }

  #at(sector: number): number {
    return (sector + 1) * this.#sector;
  }

  #fatSectors(): number[] {
    const sectors: number[] = [];
    for (let index = 0; index < IN_HEADER; index += 1) sectors.push(this.#reader.u32le(76 + index * 4));
    const perSector = this.#sector / 4 - 1;
    let next = this.#reader.u32le(68);
    for (let count = 0; next < END_OF_CHAIN - 1; count += 1) {
      must(count < 1000, 'endless table');
      for (let index = 0; index < perSector; index += 1) sectors.push(this.#reader.u32le(this.#at(next) + index * 4));
      next = this.#reader.u32le(this.#at(next) + perSector * 4);
    }
    return sectors.slice(0, this.#reader.u32le(44)).filter((sector) => sector < END_OF_CHAIN - 2);
  }

  #numbersOf(sectors: readonly number[]): number[] {
    const numbers: number[] = [];
    for (const sector of sectors) {
      const at = this.#at(sector);
      // The last sector of a file may be cut short by its writer.
      const words = Math.min(this.#sector, Math.max(0, this.#reader.length - at)) / 4;
      for (let index = 0; index < Math.floor(words); index += 1) numbers.push(this.#reader.u32le(at + index * 4));
    }
    return numbers;
  }

  #chain(start: number): number[] {
    return this.#follow(this.#fat, start);
  }

  #follow(table: readonly number[], start: number): number[] {
    const sectors: number[] = [];
    for (let next = start; next !== END_OF_CHAIN; ) {
      must(sectors.length <= table.length, 'endless chain');
      const after = table[next];
      if (after === undefined && sectors.length === 0 && next >= END_OF_CHAIN) return sectors;
      must(after !== undefined, 'chain beyond the table');
      sectors.push(next);
      next = after;
    }
    return sectors;
  }

  #join(sectors: readonly number[], size: number): Buffer {
    const parts: Buffer[] = [];
    let left = size;
    for (const sector of sectors) {
      if (left <= 0) break;
      const take = Math.min(this.#sector, left);
      parts.push(this.#reader.slice(this.#at(sector), take));
      left -= take;
    }
    must(left <= 0, 'short stream');
    return Buffer.concat(parts);
  }

  #readEntries(): CompoundEntry[] {
    const sectors = this.#chain(this.#reader.u32le(48));
    const directory = new ByteReader(this.#join(sectors, sectors.length * this.#sector));
    const entries: CompoundEntry[] = [];
    for (let at = 0; at + ENTRY <= directory.length; at += ENTRY) {
      const kind = ({ 1: 'storage', 2: 'stream', 5: 'root' } as const)[directory.u8(at + 66)];
      if (kind === undefined) continue;
      const length = directory.u16le(at + 64);
      must(length >= 2 && length <= 64, 'entry name');
      const name = directory.slice(at, length - 2).toString('utf16le');
      entries.push({ name, kind, start: directory.u32le(at + 116), size: directory.u32le(at + 120) });
    }
    must(entries[0]?.kind === 'root' && HEADER <= this.#sector * 8, 'root entry first');
    return entries;
  }
}
