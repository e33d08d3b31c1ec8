/** Thrown by the readers when a file ends early or contradicts itself; the inspection turns it into a refusal. */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile';
}

/** Reads numbers from bytes and refuses to read beyond the end. */
export class ByteReader {
  readonly bytes: Buffer;

  constructor(bytes: Uint8Array) {
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  #need(offset: number, count: number): void {
    if (!Number.isSafeInteger(offset) || offset < 0 || offset + count > this.bytes.length) throw new DamagedFile('read beyond the end');
  }

  u8(offset: number): number {
    this.#need(offset, 1);
    return this.bytes.readUInt8(offset);
  }

  u16le(offset: number): number {
    this.#need(offset, 2);
    return this.bytes.readUInt16LE(offset);
  }

  u16be(offset: number): number {
    this.#need(offset, 2);
    return this.bytes.readUInt16BE(offset);
  }

  u32le(offset: number): number {
    this.#need(offset, 4);
    return this.bytes.readUInt32LE(offset);
  }

  u32be(offset: number): number {
    this.#need(offset, 4);
    return this.bytes.readUInt32BE(offset);
  }

  slice(offset: number, count: number): Buffer {
    this.#need(offset, count);
    return this.bytes.subarray(offset, offset + count);
  }

  /** One character per byte. */
  latin1(offset: number, count: number): string {
    return this.slice(offset, count).toString('latin1');
  }
}

/** Checks a fact of a format; what contradicts it is damaged or forged. */
export function must(condition: boolean, fact: string): asserts condition {
  if (!condition) throw new DamagedFile(fact);
}

/** Only zeros: padding that some writers leave behind the end. */
export function isPadding(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}
