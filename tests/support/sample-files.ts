import { crc32, deflateRawSync, deflateSync } from 'node:zlib';

/** Builders of small, well-formed files of every kind we take, with handles to make them ill-formed. */

const bytes = (...parts: (string | number[] | Uint8Array)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

const u16be = (n: number): number[] => [n >> 8, n & 255];
const u32be = (n: number): number[] => [...u16be((n >>> 16) & 65_535), ...u16be(n & 65_535)];
const u16le = (n: number): number[] => [n & 255, n >> 8];
const u32le = (n: number): number[] => [...u16le(n & 65_535), ...u16le((n >>> 16) & 65_535)];

export const joined = bytes;

export function pngChunk(type: string, content: Uint8Array): Buffer {
  const named = bytes(type, content);
  return bytes(u32be(content.length), named, u32be(crc32(named)));
}

export function png(options: { width?: number; height?: number; extra?: readonly Buffer[]; data?: boolean } = {}): Buffer {
  const header = bytes(u32be(options.width ?? 2), u32be(options.height ?? 2), [8, 2, 0, 0, 0]);
  const data = deflateSync(Buffer.alloc(2 * (1 + 2 * 3)));
  return bytes(
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    pngChunk('IHDR', header),
    ...(options.extra ?? []),
    ...(options.data === false ? [] : [pngChunk('IDAT', data)]),
    pngChunk('IEND', Buffer.alloc(0)),
  );
}

export function gif(options: { comment?: string; width?: number; height?: number } = {}): Buffer {
  const comment = options.comment === undefined ? '' : bytes([0x21, 0xfe, options.comment.length], options.comment, [0]);
  return bytes(
    'GIF89a',
    u16le(options.width ?? 1),
    u16le(options.height ?? 1),
    [0x80, 0, 0],
    [0, 0, 0, 255, 255, 255],
    comment,
    [0x2c],
    u16le(0),
    u16le(0),
    u16le(1),
    u16le(1),
    [0],
    [2, 2, 0x4c, 0x01, 0],
    [0x3b],
  );
}

export function jpegSegment(marker: number, content: string | Uint8Array): Buffer {
  return bytes([0xff, marker], u16be(content.length + 2), content);
}

export function jpeg(options: { segments?: readonly Buffer[]; width?: number; height?: number; end?: boolean } = {}): Buffer {
  return bytes(
    [0xff, 0xd8],
    jpegSegment(0xe0, bytes('JFIF\0', [1, 1, 0, 0, 1, 0, 1, 0, 0])),
    ...(options.segments ?? []),
    jpegSegment(0xdb, Buffer.alloc(65, 1)),
    jpegSegment(0xc0, bytes([8], u16be(options.height ?? 8), u16be(options.width ?? 8), [1, 1, 0x11, 0])),
    jpegSegment(0xc4, Buffer.alloc(19, 0)),
    jpegSegment(0xda, bytes([1, 1, 0, 0, 63, 0])),
    [0x3f, 0xff, 0, 0x12, 0xff, 0xd0, 0x7f],
    options.end === false ? '' : [0xff, 0xd9],
  );
}

export function pdf(objects: readonly (string | Buffer)[] = [], options: { trailer?: string; head?: string; tail?: string } = {}): Buffer {
  const numbered = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count 0 >>', ...objects].map((object, index) =>
    bytes(`${index + 1} 0 obj\n`, object, '\nendobj\n'),
  );
  return bytes(
    options.head ?? '%PDF-1.7\n',
    ...numbered,
    'xref\n0 1\n0000000000 65535 f \n',
    `trailer\n<< /Root 1 0 R ${options.trailer ?? ''} >>\nstartxref\n9\n%%EOF`,
    options.tail ?? '\n',
  );
}

/** A compressed stream, by default one of packed objects. */
export function pdfStream(content: string, dictionary = '/Type /ObjStm /N 1 /First 4'): Buffer {
  const packed = deflateSync(Buffer.from(content, 'latin1'));
  return bytes(`<< ${dictionary} /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`, packed, '\nendstream');
}

export type ZipPart = {
  name: string;
  content: string | Buffer;
  localName?: string;
  flags?: number;
  method?: number;
  declared?: number;
  crc?: number;
  localPacked?: number;
};

export type ZipOptions = { comment?: string; before?: Uint8Array; hidden?: Uint8Array; sameData?: boolean; count?: number };

export function zip(parts: readonly ZipPart[], options: ZipOptions = {}): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const content = Buffer.from(part.content);
    const packed = part.method === 0 ? content : deflateRawSync(content);
    const facts = (name: string, packedSize: number): Buffer =>
      bytes(
        u16le(part.flags ?? 0),
        u16le(part.method ?? 8),
        [0, 0, 0x21, 0x50],
        u32le(part.crc ?? crc32(content)),
        u32le(packedSize),
        u32le(part.declared ?? content.length),
        u16le(Buffer.byteLength(name)),
        u16le(0),
      );
    const local = bytes(
      'PK\x03\x04',
      u16le(20),
      facts(part.localName ?? part.name, part.localPacked ?? packed.length),
      Buffer.from(part.localName ?? part.name),
      packed,
      options.hidden ?? '',
    );
    centrals.push(
      bytes(
        'PK\x01\x02',
        u16le(20),
        u16le(20),
        facts(part.name, packed.length),
        u16le(0),
        u16le(0),
        u16le(0),
        u32le(0),
        u32le(options.sameData ? 0 : offset),
        Buffer.from(part.name),
      ),
    );
    locals.push(local);
    offset += local.length;
  }
  const before = options.before ?? '';
  const directory = bytes(...centrals);
  const count = options.count ?? parts.length;
  return bytes(
    before,
    ...locals,
    directory,
    'PK\x05\x06',
    [0, 0, 0, 0],
    u16le(count),
    u16le(count),
    u32le(directory.length),
    u32le(offset + before.length),
    u16le(options.comment?.length ?? 0),
    options.comment ?? '',
  );
}

const contentType = (main: string, more = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/main.xml" ContentType="${main}"/>${more}</Types>`;

export const wordMain = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
export const excelMain = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';

export function officeParts(main: string, folder: string, more: { types?: string; parts?: readonly ZipPart[] } = {}): ZipPart[] {
  return [
    { name: '[Content_Types].xml', content: contentType(main, more.types) },
    {
      name: '_rels/.rels',
      content:
        '<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="main.xml"/></Relationships>',
    },
    { name: `${folder}/main.xml`, content: '<document>履歴書</document>' },
    ...(more.parts ?? []),
  ];
}

export const docx = (more: Parameters<typeof officeParts>[2] = {}, options: ZipOptions = {}): Buffer =>
  zip(officeParts(wordMain, 'word', more), options);
export const xlsx = (more: Parameters<typeof officeParts>[2] = {}, options: ZipOptions = {}): Buffer =>
  zip(officeParts(excelMain, 'xl', more), options);

const FREE = 0xff_ff_ff_ff;
const CHAIN_END = 0xff_ff_ff_fe;
const FAT_SECTOR = 0xff_ff_ff_fd;

/** A compound file (old Office) with these streams; a name without content is a storage. Short streams share the small sectors. */
export function compound(streams: Readonly<Record<string, Buffer | undefined>>): Buffer {
  const sectors: Buffer[] = [Buffer.alloc(512)];
  const fat: number[] = [FAT_SECTOR];
  const place = (content: Buffer): number => {
    const start = sectors.length;
    for (let at = 0; at < content.length; at += 512) {
      sectors.push(Buffer.concat([content.subarray(at, at + 512)], 512));
      fat.push(at + 512 < content.length ? sectors.length : CHAIN_END);
    }
    return content.length === 0 ? CHAIN_END : start;
  };
  const smallFat: number[] = [];
  const small: Buffer[] = [];
  const placeSmall = (content: Buffer): number => {
    const start = smallFat.length;
    for (let at = 0; at < content.length; at += 64) {
      small.push(Buffer.concat([content.subarray(at, at + 64)], 64));
      smallFat.push(at + 64 < content.length ? smallFat.length + 1 : CHAIN_END);
    }
    return start;
  };
  const entry = (name: string, kind: number, start: number, size: number): Buffer => {
    const block = Buffer.alloc(128);
    block.write(name, 'utf16le');
    block.writeUInt16LE((name.length + 1) * 2, 64);
    block[66] = kind;
    block.writeUInt32LE(start, 116);
    block.writeUInt32LE(size, 120);
    return block;
  };
  const entries = Object.entries(streams).map(([name, content]) => {
    if (content === undefined) return entry(name, 1, 0, 0);
    return entry(name, 2, content.length < 4096 ? placeSmall(content) : place(content), content.length);
  });
  const container = Buffer.concat(small);
  const root = entry('Root Entry', 5, place(container), container.length);
  const directoryStart = place(Buffer.concat([root, ...entries, Buffer.alloc(((4 - ((entries.length + 1) % 4)) % 4) * 128)]));
  const smallTable = Buffer.alloc(Math.ceil(smallFat.length / 128) * 512, 255);
  smallFat.forEach((next, index) => smallTable.writeUInt32LE(next, index * 4));
  const smallStart = place(smallTable);
  fat.forEach((next, index) => sectors[0]?.writeUInt32LE(next, index * 4));
  sectors[0]?.fill(255, fat.length * 4);
  const header = Buffer.alloc(512, 255);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  header.fill(0, 8, 76);
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(1, 44);
  header.writeUInt32LE(directoryStart, 48);
  header.writeUInt32LE(4096, 56);
  header.writeUInt32LE(smallTable.length === 0 ? CHAIN_END : smallStart, 60);
  header.writeUInt32LE(CHAIN_END, 68);
  header.writeUInt32LE(0, 76);
  header.writeUInt32LE(FREE, 80);
  return Buffer.concat([header, ...sectors]);
}

/** The first block of a Word document. */
export function wordBlock(flags = 0): Buffer {
  const block = Buffer.alloc(4096);
  block.writeUInt16LE(0xa5ec, 0);
  block.writeUInt16LE(flags, 10);
  return block;
}

/** A workbook's first part: records by number and content, between its begin and end. */
export function workbook(records: readonly (readonly [number, number[]])[] = [[0x85, [0, 0, 0, 0, 0, 0, 1, 0, 65]]]): Buffer {
  const all = [[0x0809, Array.from({ length: 16 }, () => 0)], ...records, [0x0a, []]] as const;
  return bytes(...all.map(([type, content]) => bytes(u16le(type), u16le(content.length), [...content])));
}
