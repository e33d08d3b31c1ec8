import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayOfInstant, partsOfDay } from '#kernel/day.ts';
import type { PictureSize, Reader } from '#features/help/documents/manual.ts';
import { manualTemplate, printedManual } from '#features/help/documents/manual.ts';
import { readManual } from '#features/help/manual.ts';
import { runChild } from '#platform/render/run-child.ts';

/**
 * Makes the manual of `docs/manual` into one PDF per reader, in `build/manual`, from where the build of the pages takes
 * them: `node scripts/manual-pdf.ts`. The build runs it; what is there already for the same sources and day stays.
 */

const root = join(import.meta.dirname, '..');
const manualFolder = join(root, 'docs/manual');
const target = join(root, 'build/manual');
/** Milliseconds; a slow machine with other work takes a minute. */
const patience = 300_000;

const sourcesOfLook = [
  'scripts/manual-pdf.ts',
  ...['documents/manual.ts', 'labels.ts', 'manual.ts', 'markdown.ts'].map((name) => `src/features/help/${name}`),
];

function filesIn(folder: string, ending: string): Map<string, Buffer> {
  const names = readdirSync(join(manualFolder, folder))
    .filter((name) => name.endsWith(ending))
    .sort();
  return new Map(names.map((name) => [`${folder}${name}`, readFileSync(join(manualFolder, folder, name))]));
}

/** Width and height stand at the beginning of every PNG. */
function sizesOf(pictures: ReadonlyMap<string, Buffer>): (source: string) => PictureSize {
  return (source) => {
    const picture = pictures.get(source);
    if (picture === undefined) throw new RangeError(`the manual shows ${source}, which is not there`);
    return { width: picture.readUInt32BE(16), height: picture.readUInt32BE(20) };
  };
}

function editionOn(now: Date): string {
  const manifest: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
  const { year, month, date } = partsOfDay(dayOfInstant(now));
  return `第${version}版 ${year}年${month}月${date}日作成`;
}

/** The manual for one kind of reader. @throws when it cannot be set */
export async function manualPdf(reader: Reader, now: Date): Promise<Uint8Array> {
  const texts = new Map([...filesIn('', '.md')].map(([name, bytes]) => [name.replace(/\.md$/, ''), bytes.toString('utf8')]));
  const pictures = filesIn('pictures/', '.png');
  const data = printedManual(readManual(texts), { reader, edition: editionOn(now), sizeOf: sizesOf(pictures) });
  const answer = await runChild(
    { kind: 'print', template: manualTemplate, data: JSON.stringify(data), pictures: Object.fromEntries(pictures) },
    patience,
  );
  if (!answer.ok || answer.kind !== 'pdf') throw new Error(`the manual cannot be printed: ${answer.ok ? answer.kind : answer.reason}`);
  return answer.bytes;
}

function hashOf(edition: string): string {
  const hash = createHash('sha256').update(edition);
  const files = [
    ...filesIn('', '.md'),
    ...filesIn('pictures/', '.png'),
    ...sourcesOfLook.map((path) => [path, readFileSync(join(root, path))] as const),
  ];
  for (const [name, bytes] of files) hash.update(`${name}\0`).update(bytes);
  return hash.digest('hex');
}

async function make(now: Date): Promise<void> {
  const stamp = join(target, '.source-hash');
  const hash = hashOf(editionOn(now));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  mkdirSync(target, { recursive: true });
  const sizes: Record<string, number> = {};
  for (const reader of ['doctors', 'offices'] as const) {
    const bytes = await manualPdf(reader, now);
    writeFileSync(join(target, `mamis-manual-${reader}.pdf`), bytes);
    sizes[reader] = bytes.byteLength;
  }
  writeFileSync(join(target, 'sizes.json'), JSON.stringify(sizes));
  writeFileSync(stamp, hash);
}

if (process.argv[1] === import.meta.filename) await make(new Date());
