import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { officeActor } from '#main/demo/acting.ts';
import type { Context } from '#platform/context.ts';
import type { LabelRow, SheetList } from '#platform/sheet/list-definition.ts';
import { kita } from '#support/case-mix.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { z } from 'zod';
import { areSeveralFiles, labelsInFile } from './fields.ts';
import type { FileAsk } from './make-file.ts';
import { makeFile } from './make-file.ts';

/** A whole association on labels (`screens.md O-07, O-23`): more than one PDF holds. */

let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => await world.close());

const printedShape = z.object({ number: z.string(), labels: z.array(z.object({ name: z.string() })) });
type Printed = z.infer<typeof printedShape>;

/** The printing process stands aside: what matters here is what it is asked for. */
function printing(printed: Printed[], ctx: Context): Context {
  const print = async (_template: string, data: unknown) => {
    printed.push(printedShape.parse(data));
    return await Promise.resolve(Buffer.from(`%PDF ${printed.length}`));
  };
  return { ...ctx, render: { ...ctx.render, print } };
}

function listOf(count: number): SheetList {
  const rows = Array.from({ length: count }, (_, place): LabelRow => {
    const label = { postalCode: '〒530-0001', address: [`大阪市北区梅田${place}`], place: '', name: `会員${place} 様` };
    return { recordId: String(place), personId: String(place), label: place === 0 ? 'refused' : label };
  });
  return {
    name: 'members',
    title: '会員一覧',
    columns: async () => await Promise.resolve([]),
    fits: () => true,
    words: async () => await Promise.resolve([]),
    dayOf: () => undefined,
    onDay: (conditions) => conditions,
    count: async () => await Promise.resolve(count),
    preset: async () => await Promise.resolve(undefined),
    forPurpose: undefined,
    pages: async function* () {
      yield await Promise.resolve([]);
    },
    labels: async function* () {
      for (let place = 0; place < count; place += 500) yield await Promise.resolve(rows.slice(place, place + 500));
    },
  };
}

async function made(count: number) {
  const printed: Printed[] = [];
  const ctx = printing(printed, world.as(officeActor({ id: kita, name: '大阪市北区医師会', layer: 3 })));
  const ask: FileAsk = {
    list: listOf(count),
    number: 'E2026-0000001',
    title: '会員一覧',
    conditions: '',
    columns: [],
    encoding: 'label',
    unmappedWay: 'refuse',
    numbered: true,
    numberWord: '出力番号',
    labelSheet: '3x8',
    mailing: null,
  };
  const file = await makeFile(ctx, ask);
  const content = await world.surroundings.files.get(file.fileId);
  return { file, printed, bytes: content === undefined ? Buffer.alloc(0) : await buffer(content) };
}

test('1つのPDFに収まる件数は、1つのPDFになる', async () => {
  const { file, printed, bytes } = await made(labelsInFile + 1);
  expect(areSeveralFiles(file.rowCount)).toBe(false);
  expect(printed.map(({ number, labels }) => [number, labels.length])).toEqual([['出力番号 E2026-0000001', labelsInFile]]);
  expect(bytes.toString()).toBe('%PDF 1');
});

test('それより多いと、一覧の順に分けたPDFが1つのZIPになり、全員が一度ずつ印刷される', async () => {
  const { file, printed, bytes } = await made(2 * labelsInFile + 2);
  expect(file).toMatchObject({ rowCount: 2 * labelsInFile + 1, leftOut: { refused: 1 }, fileSize: bytes.byteLength });
  expect(areSeveralFiles(file.rowCount)).toBe(true);
  expect(printed.map(({ number, labels }) => [number, labels.length])).toEqual([
    ['出力番号 E2026-0000001 1/3', labelsInFile],
    ['出力番号 E2026-0000001 2/3', labelsInFile],
    ['出力番号 E2026-0000001 3/3', 1],
  ]);
  const names = printed.flatMap(({ labels }) => labels.map(({ name }) => name));
  expect(names).toEqual(Array.from({ length: 2 * labelsInFile + 1 }, (_, place) => `会員${place + 1} 様`));
  expect(bytes.subarray(0, 2).toString()).toBe('PK');
  for (const name of ['宛名ラベル_01.pdf', '宛名ラベル_03.pdf']) expect(bytes.includes(Buffer.from(name, 'utf8'))).toBe(true);
});
