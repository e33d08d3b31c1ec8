import { crc32 } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { ZipPart } from './zip.ts';
import { zipBytes } from './zip.ts';

async function* each(parts: readonly ZipPart[]): AsyncGenerator<ZipPart> {
  for (const part of parts) yield await Promise.resolve(part);
}

/** Reads as a program that unpacks does: from the directory at the end. */
function unpacked(file: Buffer): ZipPart[] {
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = file.readUInt32LE(end + 16);
  return Array.from({ length: file.readUInt16LE(end + 10) }, () => {
    expect(file.readUInt32LE(at)).toBe(0x02014b50);
    const [sum, size, nameSize, from] = [
      file.readUInt32LE(at + 16),
      file.readUInt32LE(at + 24),
      file.readUInt16LE(at + 28),
      file.readUInt32LE(at + 42),
    ];
    const name = file.subarray(at + 46, at + 46 + nameSize).toString('utf8');
    expect(file.readUInt32LE(from)).toBe(0x04034b50);
    expect(file.readUInt16LE(from + 26)).toBe(nameSize);
    const start = from + 30 + nameSize;
    const bytes = file.subarray(start, start + size);
    expect(crc32(bytes)).toBe(sum);
    at += 46 + nameSize;
    return { name, bytes };
  });
}

test('いくつかのファイルが、名前と中身のまま一つのZIPから取り出せる', async () => {
  const parts = [
    { name: '宛名ラベル_01.pdf', bytes: Buffer.from('%PDF-1.7 一つ目') },
    { name: '宛名ラベル_02.pdf', bytes: Buffer.alloc(70_000, 7) },
    { name: '空.pdf', bytes: Buffer.alloc(0) },
  ];
  const file = await buffer(zipBytes(each(parts)));
  expect(unpacked(file)).toEqual(parts);
  expect(unpacked(await buffer(zipBytes(each([]))))).toEqual([]);
});
