import { readdirSync, readFileSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { proofWith } from '#support/planted-defect.ts';

/** P3 can fail: each planted defect of plan, effects, dates, policy and commands is met by a written script. */

const directory = new URL('defects/reference/', import.meta.url);

test.each(readdirSync(directory))(
  '欠陥 %s が見つかる',
  async (name) => {
    const { failed, output } = await proofWith(readFileSync(new URL(name, directory), 'utf8'), 'tests/model/reference.test.ts', {
      databaseUrl: inject('testServer').adminUrl,
      only: '決まった手順',
    });
    expect(failed, output).toBe(true);
    expect(output).toMatch(/Disagreement: the product and the model disagree/);
  },
  180_000,
);
