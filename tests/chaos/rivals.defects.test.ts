import { readdirSync, readFileSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { proofWith } from '#support/planted-defect.ts';

/** P2 can fail: without lock, without version, without key. */

const directory = new URL('defects/', import.meta.url);
const defects = readdirSync(directory).filter((name) => name.startsWith('rivals-'));

test.each(defects)(
  '欠陥 %s が見つかる',
  async (name) => {
    const { failed, output } = await proofWith(readFileSync(new URL(name, directory), 'utf8'), 'tests/chaos/rivals.test.ts', {
      databaseUrl: inject('testServer').adminUrl,
      only: 'receive と approve|attention と attention|要求番号の approve|要求番号の resubmit',
      env: { PROOF_P2_ROUNDS: '10' },
    });
    expect(failed, output).toBe(true);
    expect(output).toMatch(/AssertionError/);
  },
  180_000,
);
