import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Where a postal code of a home leads, as far as the code says it: 市区町村 and, when there is only one, 町域. */
export type PostalAddress = { prefectureCode: string; line: string };

/** Lines `code TAB prefecture TAB place`, by code; 4 MB once somebody asks. Where it comes from: `assets/postal/README.md`. */
let table: Buffer | undefined;

const codeLength = 7;

/** From the source this is three folders below the assets, from the built server two. */
function read(): Buffer {
  if (table !== undefined) return table;
  const found = ['../../../assets', '../../assets'].map((folder) => new URL(`${folder}/postal/postal-codes.txt.gz`, import.meta.url));
  table = gunzipSync(readFirst(found));
  return table;
}

function readFirst([first, ...rest]: readonly URL[]): Buffer {
  if (first === undefined) throw new Error('the postal codes are not there: assets/postal/postal-codes.txt.gz');
  try {
    return readFileSync(first);
  } catch (error) {
    if (rest.length > 0 && error instanceof Error && 'code' in error && error.code === 'ENOENT') return readFirst(rest);
    throw error;
  }
}

const newline = 10;

/** The start of the line in which a byte lies. */
function lineStart(lines: Buffer, at: number): number {
  return at === 0 ? 0 : lines.lastIndexOf(newline, at - 1) + 1;
}

function addressIn(line: string): PostalAddress {
  const [, prefectureCode = '', place = ''] = line.split('\t');
  return { prefectureCode, line: place };
}

/** The address of seven digits, by halving; undefined when no home has this code. */
export function findPostalAddress(code: string): PostalAddress | undefined {
  const lines = read();
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const start = lineStart(lines, Math.floor((low + high) / 2));
    const end = lines.indexOf(newline, start);
    const here = lines.toString('latin1', start, start + codeLength);
    if (here === code) return addressIn(lines.toString('utf8', start, end));
    if (here < code) low = end + 1;
    else high = start;
  }
  return undefined;
}
