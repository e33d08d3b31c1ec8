import { readdirSync, readFileSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { proofWith } from '#support/planted-defect.ts';

/** P3 can fail: each planted defect of plan, effects, dates, policy and commands is met by a written script, by the one it names if it names one. */

const directory = new URL('defects/reference/', import.meta.url);

/** A title as a pattern that means nothing but itself. */
function literally(title: string): string {
  return title.replaceAll(/[()]/g, '.');
}

// Each in a process of its own; two at once, for this file is the last to end.
test.concurrent.each(readdirSync(directory))(
  '欠陥 %s が見つかる',
  async (name) => {
    const defect = readFileSync(new URL(name, directory), 'utf8');
    const { failed, output } = await proofWith(defect, 'tests/model/reference.test.ts', {
      databaseUrl: inject('testServer').adminUrl,
      only: `決まった手順: ${literally(/^shown by: (.+)$/m.exec(defect)?.[1] ?? '')}`,
    });
    expect(failed, output).toBe(true);
    expect(output).toMatch(/Disagreement: the product and the model disagree/);
  },
  180_000,
);
