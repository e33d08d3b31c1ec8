import { readdirSync, readFileSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { proofWith } from '#support/planted-defect.ts';

/** P2 can fail: without lock, without version, without key. */

const directory = new URL('defects/', import.meta.url);
const all = readdirSync(directory);
/** Defects of the papers and of what stands beside them name the test that shows them. */
const named = all.flatMap((name) => {
  const [proof] = /^rivals-(papers|beside)(?=-)/.exec(name) ?? [];
  return proof === undefined ? [] : [{ name, proof: `tests/chaos/${proof}.test.ts` }];
});
const defects = all.filter((name) => name.startsWith('rivals-') && !named.some((one) => one.name === name));

/** Where what a defect needs happens for sure: one key twice, two who meet, an old version. */
const shownBy: Readonly<Record<string, string>> = {
  'rivals-without-key.defect': '要求番号の approve',
  'rivals-without-lock.defect': '先の一人の後の状態',
  'rivals-without-version.defect': 'attention と attention はどちらか',
};

test.each(defects)(
  '欠陥 %s が見つかる',
  async (name) => {
    const { failed, output } = await proofWith(readFileSync(new URL(name, directory), 'utf8'), 'tests/chaos/rivals.test.ts', {
      databaseUrl: inject('testServer').adminUrl,
      only: shownBy[name] ?? name,
      env: { PROOF_P2_ROUNDS: '4' },
    });
    expect(failed, output).toBe(true);
    // What the rivals assert, or a command's own assertion, whoever meets it first.
    expect(output).toMatch(/AssertionError|moved under the lock/);
  },
  180_000,
);

test.each(named)(
  '届の欠陥 $name が見つかる',
  async ({ name, proof }) => {
    const defect = readFileSync(new URL(name, directory), 'utf8');
    const { failed, output } = await proofWith(defect, proof, {
      databaseUrl: inject('testServer').adminUrl,
      only: /^shown by: (.+)$/m.exec(defect)?.[1] ?? name,
    });
    expect(failed, output).toBe(true);
    expect(output).toMatch(/AssertionError|under the lock/);
  },
  180_000,
);

test.each(all.filter((name) => name.startsWith('transfer-ends-')))(
  '異動の両端の欠陥 %s が見つかる',
  async (name) => {
    const { failed, output } = await proofWith(readFileSync(new URL(name, directory), 'utf8'), 'tests/chaos/transfer-ends.test.ts', {
      databaseUrl: inject('testServer').adminUrl,
    });
    expect(failed, output).toBe(true);
    expect(output).toMatch(/AssertionError|refused/);
  },
  180_000,
);
