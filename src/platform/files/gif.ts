import { ByteReader, isPadding, must } from './bytes.ts';
import { mustBeViewable, mustHoldNoScript } from './image-text.ts';

const HEADER = 6;
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
/** Frames and their controls; more is no picture of a paper. */
const MOST_BLOCKS = 20_000;

const paletteBytes = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1));

/** Walks a GIF block by block to its trailer, which must be the end but for padding. @throws DamagedFile */
export function checkGif(bytes: Uint8Array): void {
  const reader = new ByteReader(bytes);
  mustBeViewable(reader.u16le(HEADER), reader.u16le(HEADER + 2));
  let at = HEADER + 7 + paletteBytes(reader.u8(HEADER + 4));
  let images = 0;
  for (let blocks = 0; ; blocks += 1) {
    must(blocks < MOST_BLOCKS, 'too many blocks');
    const block = reader.u8(at);
    if (block === TRAILER) break;
    if (block === EXTENSION) {
      at = walkBlocks(reader, at + 2, true);
    } else {
      must(block === IMAGE, 'unknown block');
      mustBeViewable(reader.u16le(at + 5), reader.u16le(at + 7));
      at = walkBlocks(reader, at + 11 + paletteBytes(reader.u8(at + 9)), false);
      images += 1;
    }
  }
  must(images > 0, 'no image');
  must(isPadding(reader.bytes.subarray(at + 1)), 'data behind the end');
}

/** The offset behind a run of sub-blocks; their content is looked at when it may be text. */
function walkBlocks(reader: ByteReader, start: number, text: boolean): number {
  const parts: Buffer[] = [];
  let at = start;
  for (;;) {
    const length = reader.u8(at);
    if (length === 0) break;
    const part = reader.slice(at + 1, length);
    if (text) parts.push(part);
    at += 1 + length;
  }
  if (text) mustHoldNoScript(Buffer.concat(parts));
  return at + 1;
}
