import { crc32 } from 'node:zlib';
import { ByteReader, must } from './bytes.ts';
import { mustBeViewable, mustHoldNoScript } from './image-text.ts';

const HEADER = 8;
const MOST_CHUNKS = 20_000;
const TEXTS = ['tEXt', 'iTXt', 'zTXt', 'eXIf', 'iCCP'];

/** Walks a PNG chunk by chunk with its checksums to IEND, which must be the very end. @throws DamagedFile */
export function checkPng(bytes: Uint8Array): void {
  const reader = new ByteReader(bytes);
  let at = HEADER;
  let data = 0;
  for (let index = 0; ; index += 1) {
    must(index < MOST_CHUNKS, 'too many chunks');
    const length = reader.u32be(at);
    const type = reader.latin1(at + 4, 4);
    const content = reader.slice(at + 8, length);
    must(/^[A-Za-z]{4}$/.test(type), 'chunk type');
    must(crc32(reader.slice(at + 4, length + 4)) === reader.u32be(at + 8 + length), 'chunk checksum');
    must((index === 0) === (type === 'IHDR'), 'IHDR first and once');
    if (type === 'IHDR') {
      must(length === 13, 'IHDR length');
      mustBeViewable(reader.u32be(at + 8), reader.u32be(at + 12));
    }
    if (type === 'IDAT') data += length;
    if (TEXTS.includes(type)) mustHoldNoScript(content);
    at += 12 + length;
    if (type === 'IEND') break;
  }
  must(data > 0, 'no image data');
  must(at === reader.length, 'data behind the end');
}
