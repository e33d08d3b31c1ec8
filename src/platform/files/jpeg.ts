import { ByteReader, isPadding, must } from './bytes.ts';
import { mustBeViewable, mustHoldNoScript } from './image-text.ts';

const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
const COMMENT = 0xfe;
const MOST_SEGMENTS = 20_000;

const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;
const isMetadata = (marker: number): boolean => (marker >= 0xe0 && marker <= 0xef) || marker === COMMENT;
/** Start of frame, in all its variants; C4, C8 and CC mean other things. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/**
 * Walks a JPEG from marker to marker to its very end. Phones append a second picture (depth, brightness): that is walked
 * as well, anything else behind the end is refused. @throws DamagedFile
 */
export function checkJpeg(bytes: Uint8Array): void {
  const reader = new ByteReader(bytes);
  let at = 0;
  do {
    at = walkPicture(reader, at);
    while (at < reader.length && reader.u8(at) === 0) at += 1;
  } while (at < reader.length);
  must(at === reader.length || isPadding(reader.bytes.subarray(at)), 'data behind the end');
}

/** The offset behind the picture that starts at `start`. */
function walkPicture(reader: ByteReader, start: number): number {
  must(reader.u8(start) === 0xff && reader.u8(start + 1) === START, 'start of image');
  let at = start + 2;
  let frames = 0;
  let scans = 0;
  for (let segments = 0; ; segments += 1) {
    must(segments < MOST_SEGMENTS, 'too many segments');
    must(reader.u8(at) === 0xff, 'marker expected');
    while (reader.u8(at + 1) === 0xff) at += 1; // fill bytes
    const marker = reader.u8(at + 1);
    at += 2;
    if (marker === END) break;
    must(marker >= 0xc0 && marker !== START && !isRestart(marker), 'unexpected marker');
    const length = reader.u16be(at);
    must(length >= 2, 'segment length');
    const segment = reader.slice(at, length);
    if (isMetadata(marker)) mustHoldNoScript(segment);
    if (isFrame(marker)) {
      mustBeViewable(reader.u16be(at + 5), reader.u16be(at + 3));
      frames += 1;
    }
    at += length;
    if (marker === SCAN) {
      scans += 1;
      at = skipScan(reader, at);
    }
  }
  must(frames === 1 && scans > 0, 'one frame and its scans');
  return at;
}

/** Compressed data runs until a marker that is neither a stuffed zero nor a restart. */
function skipScan(reader: ByteReader, start: number): number {
  let at = start;
  for (;;) {
    const next = reader.bytes.indexOf(0xff, at);
    must(next !== -1, 'scan without end');
    const follower = reader.u8(next + 1);
    if (follower !== 0 && !isRestart(follower)) return next;
    at = next + 2;
  }
}
