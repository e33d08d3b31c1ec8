import { ByteReader, must } from './bytes.ts';
import type { CompoundEntry } from './compound-file.ts';
import { CompoundFile } from './compound-file.ts';
import type { Verdict } from './verdict.ts';

/** Macros, encrypted packages, embedded programs. */
const dangerousNames = /^(?:macros|vba|_vba_project(?:_cur)?|encryptedpackage|encryptioninfo|\u0001ole10native|\u0006dataspaces)$/i;

/** Word's first block: magic number and the flags where encryption shows. */
const WORD_MAGIC = 0xa5ec;
const WORD_FLAGS = 10;
const ENCRYPTED = 0x0100;

const RECORD = { encryption: 0x2f, sheet: 0x85, end: 0x0a, project: 0xd3 };
/** More than any file that is taken. */
const WHOLE = 16_000_000;

/** Word 97–2003 and Excel 97–2003, without macros and passwords. @throws DamagedFile */
export function checkOldOffice(bytes: Uint8Array): Verdict {
  const file = new CompoundFile(bytes);
  const stream = (name: string): CompoundEntry | undefined => file.entries.find((entry) => entry.kind === 'stream' && entry.name === name);
  if (file.entries.some((entry) => dangerousNames.test(entry.name))) return 'unsafe';
  const word = stream('WordDocument');
  const excel = stream('Workbook') ?? stream('Book');
  if (word !== undefined && excel !== undefined) return 'unsafe';
  if (word !== undefined) return checkWord(file.read(word, 32));
  if (excel !== undefined) return checkExcel(file.read(excel, WHOLE));
  return 'otherType';
}

function checkWord(start: Buffer): Verdict {
  const reader = new ByteReader(start);
  must(reader.u16le(0) === WORD_MAGIC, 'word block');
  return (reader.u16le(WORD_FLAGS) & ENCRYPTED) === 0 ? 'doc' : 'unsafe';
}

/** Reads the records of the workbook's first part: a password, a macro project or a macro sheet would be named there. */
function checkExcel(book: Buffer): Verdict {
  const reader = new ByteReader(book);
  const first = reader.u16le(0);
  must(first === 0x0809 || first === 0x0409 || first === 0x0209 || first === 0x0009, 'first record');
  for (let at = 0; at + 4 <= reader.length; ) {
    const type = reader.u16le(at);
    const length = reader.u16le(at + 2);
    if (type === RECORD.end) return 'xls';
    if (type === RECORD.encryption || type === RECORD.project) return 'unsafe';
    // Kinds of sheet: 0 worksheet, 2 chart; 1 and 6 hold macros.
    if (type === RECORD.sheet && ![0, 2].includes(reader.u8(at + 9))) return 'unsafe';
    at += 4 + length;
  }
  must(false, 'no end of the first part');
  return 'unsafe';
}
