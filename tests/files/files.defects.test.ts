import { readdirSync, readFileSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { proofWith } from '#support/planted-defect.ts';

/** P12 and P13 can fail: hostile files that are taken, cells that are run, glyphs that change without a word. */

const directory = new URL('defects/', import.meta.url);

const shownBy = {
  files: { file: 'src/platform/files/inspect-file.test.ts', only: '種類が違う|安全でない' },
  sheet: { file: 'src/platform/sheet/sheet.test.ts', only: '' },
};

test.each(readdirSync(directory))(
  '欠陥 %s が見つかる',
  async (name) => {
    const { file, only } = name.startsWith('files-') ? shownBy.files : shownBy.sheet;
    const { failed, output } = await proofWith(readFileSync(new URL(name, directory), 'utf8'), file, {
      databaseUrl: inject('testServer').adminUrl,
      only,
    });
    expect(failed, output).toBe(true);
    expect(output).toMatch(/AssertionError|Property failed/);
  },
  180_000,
);
