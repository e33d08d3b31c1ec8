import { messages } from '#kernel/messages.ts';
import { DamagedFile } from './bytes.ts';
import { safeFileName } from './file-name.ts';
import { checkGif } from './gif.ts';
import { checkJpeg } from './jpeg.ts';
import { checkNewOffice } from './new-office.ts';
import { checkOldOffice } from './old-office.ts';
import { checkPdf } from './pdf.ts';
import { checkPng } from './png.ts';
import type { FileKind, Verdict } from './verdict.ts';

/** Largest file that is taken, in bytes (`rules.md 3.16`). */
export const LARGEST_FILE = 10 * 1024 * 1024;

type KindFacts = { mediaType: string; endings: readonly [string, ...string[]] };

export const fileKinds: Readonly<Record<FileKind, KindFacts>> = {
  jpeg: { mediaType: 'image/jpeg', endings: ['jpg', 'jpeg'] },
  gif: { mediaType: 'image/gif', endings: ['gif'] },
  png: { mediaType: 'image/png', endings: ['png'] },
  pdf: { mediaType: 'application/pdf', endings: ['pdf'] },
  doc: { mediaType: 'application/msword', endings: ['doc'] },
  docx: { mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', endings: ['docx'] },
  xls: { mediaType: 'application/vnd.ms-excel', endings: ['xls'] },
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', endings: ['xlsx'] },
};

export type Inspected =
  | { ok: true; kind: FileKind; mediaType: string; safeName: string }
  | { ok: false; code: 'fileType' | 'fileSize' | 'fileSafe'; message: string };

type Looker = { magic: string; look: (bytes: Buffer) => Verdict | Promise<Verdict> };

const as =
  (kind: FileKind, check: (bytes: Buffer) => void) =>
  (bytes: Buffer): Verdict => {
    check(bytes);
    return kind;
  };

/** By the first bytes of the file, in hexadecimal; nothing may stand in front of them. */
const lookers: readonly Looker[] = [
  { magic: 'ffd8ff', look: as('jpeg', checkJpeg) },
  { magic: '89504e470d0a1a0a', look: as('png', checkPng) },
  { magic: '474946383761', look: as('gif', checkGif) },
  { magic: '474946383961', look: as('gif', checkGif) },
  { magic: '255044462d', look: as('pdf', checkPdf) },
  { magic: 'd0cf11e0a1b11ae1', look: checkOldOffice },
  { magic: '504b0304', look: checkNewOffice },
];

const refusal = (code: 'fileType' | 'fileSize' | 'fileSafe'): Inspected => ({ ok: false, code, message: messages[code]() });

/**
 * Looks into an uploaded file: its type by content, never by name, and whether it is safe to hand to an office
 * (`rules.md 3.16`, check codes fileType, fileSize, fileSafe). Whatever cannot be read to its end is refused.
 */
export async function inspectFile(bytes: Uint8Array, claimedName: string): Promise<Inspected> {
  if (bytes.length > LARGEST_FILE) return refusal('fileSize');
  if (bytes.length === 0) return refusal('fileSafe');
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = buffer.toString('hex', 0, 8);
  const looker = lookers.find(({ magic }) => head.startsWith(magic));
  if (looker === undefined) return refusal('fileType');
  const verdict = await judge(looker, buffer);
  if (verdict === 'otherType') return refusal('fileType');
  if (verdict === 'unsafe') return refusal('fileSafe');
  const { mediaType, endings } = fileKinds[verdict];
  return { ok: true, kind: verdict, mediaType, safeName: safeFileName(claimedName, endings) };
}

async function judge(looker: Looker, bytes: Buffer): Promise<Verdict> {
  try {
    const verdict = await looker.look(bytes);
    return looker.look !== checkNewOffice && endsAsZip(bytes) ? 'unsafe' : verdict;
  } catch (error) {
    if (error instanceof DamagedFile) return 'unsafe';
    throw error;
  }
}

/** Another type in front, a zip file at the end: each program would see what it likes. */
function endsAsZip(bytes: Buffer): boolean {
  const tail = bytes.subarray(-65_557);
  for (let at = tail.lastIndexOf('PK\u0005\u0006'); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf('PK\u0005\u0006', at - 1)) {
    if (at + 22 <= tail.length && at + 22 + tail.readUInt16LE(at + 20) <= tail.length) return true;
  }
  return false;
}
