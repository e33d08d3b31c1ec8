import { crc32 } from 'node:zlib';

/** Several files as one ZIP file, stored as they are: what we put in (PDF) does not get smaller. */

export type ZipPart = { name: string; bytes: Uint8Array };

const localMark = 0x04034b50;
const centralMark = 0x02014b50;
const endMark = 0x06054b50;
/** ZIP 2.0. */
const version = 20;
/** Names are UTF-8. */
const utf8Names = 0x0800;
/** 1980-01-01: what a file holds does not depend on when it was written. */
const firstDay = 0x0021;

/** What stands before a part and again in the directory at the end. */
function about({ bytes }: ZipPart, name: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(version, 0);
  fields.writeUInt16LE(utf8Names, 2);
  fields.writeUInt16LE(firstDay, 8);
  fields.writeUInt32LE(crc32(bytes), 10);
  fields.writeUInt32LE(bytes.byteLength, 14);
  fields.writeUInt32LE(bytes.byteLength, 18);
  fields.writeUInt16LE(name.byteLength, 22);
  return fields;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** An entry of the directory. */
function entry(fields: Buffer, name: Buffer, offset: number): Buffer {
  const made = Buffer.alloc(2);
  made.writeUInt16LE(version);
  // Comment, disk and attributes: none.
  return Buffer.concat([uint32(centralMark), made, fields, Buffer.alloc(10), uint32(offset), name]);
}

/**
 * The bytes of a ZIP file, part by part: only the part in hand is in memory.
 * @throws RangeError beyond 4 GB, which this form of ZIP cannot say
 */
export async function* zipBytes(parts: AsyncIterable<ZipPart>): AsyncGenerator<Uint8Array> {
  const entries: Buffer[] = [];
  let offset = 0;
  for await (const part of parts) {
    const name = Buffer.from(part.name, 'utf8');
    const fields = about(part, name);
    entries.push(entry(fields, name, offset));
    const head = Buffer.concat([uint32(localMark), fields, name]);
    offset += head.byteLength + part.bytes.byteLength;
    yield head;
    yield part.bytes;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.byteLength, 8);
  end.writeUInt32LE(offset, 12);
  yield Buffer.concat([directory, uint32(endMark), end]);
}
