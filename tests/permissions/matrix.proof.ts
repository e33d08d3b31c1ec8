import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { inParallel } from '#main/demo/pool.ts';
import { Caller } from '#support/calls.ts';
import { brokenInvariants } from '#support/invariants.ts';
import { allRoutes } from '#support/routes.ts';
import { defectsOf } from '#support/running-defects.ts';
import { freePort, RunningProduct } from '#support/running-product.ts';
import { createWorld } from '#support/world.ts';
import { faultsOf } from './matrix-answers.ts';
import type { Cell } from './matrix-cells.ts';
import { allCells } from './matrix-cells.ts';
import type { MatrixWorld } from './matrix-world.ts';
import { keepFiles, matrixWorld } from './matrix-world.ts';
import { calls, pages } from './oracle.ts';

/** P7: every kind of person × relation to the target × route of the running product, against the oracle. */

/** Cells to try, about; Infinity is all of them. */
const most = Number(process.env['PROOF_P7_CELLS'] ?? 20_000);

let matrix: MatrixWorld;
let dataDir = '';

beforeAll(async () => {
  const world = await createWorld();
  const owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  matrix = await matrixWorld(world, owner);
  dataDir = mkdtempSync(join(tmpdir(), 'mamis-matrix-'));
  await keepFiles(owner, dataDir);
}, 300_000);
afterAll(async () => {
  await matrix.owner.end();
  await matrix.world.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Everything wrong that a product shows in these cells; a defect sleeps in `more.root` until it is named. */
async function faults(cells: readonly Cell[], more: { root?: string; planted?: string } = {}): Promise<string[]> {
  const product = new RunningProduct(await freePort(), {
    ...more,
    dataDir,
    databaseUrl: matrix.world.ownerUrl,
    smtpUrl: 'smtp://127.0.0.1:1',
  });
  await product.start();
  const caller = new Caller(product.origin, 16);
  const found: string[] = [];
  try {
    await inParallel(cells, 8, async (cell) => {
      found.push(...(await faultsOf(caller, cell, matrix.marked)));
    });
  } finally {
    caller.close();
    await product.stop();
  }
  return found;
}

/** What no cell may change: everything that is there. A form that a doctor begins by looking for trouble is his own draft, and changes nothing of it. */
async function fingerprint(began: Date): Promise<string> {
  const { owner } = matrix;
  const { rows } = await owner.query("SELECT id, version, state FROM application WHERE state <> 'draft' OR created_at < $1 ORDER BY id", [
    began,
  ]);
  const { rows: acts } = await owner.query('SELECT count(*)::int AS n FROM application_action');
  const { rows: notes } = await owner.query(
    'SELECT (SELECT count(*) FROM review_message)::int AS messages, (SELECT count(*) FROM office_memo)::int AS memos, (SELECT count(*) FROM membership_event)::int AS events',
  );
  return createHash('sha256')
    .update(JSON.stringify([rows, acts, notes]))
    .digest('hex');
}

/** Looks of a few people at a few cases, the same every time, in which every defect can be seen; nothing is changed. */
function looks(): Cell[] {
  const people = ['doctor of completed', 'clerk of 27001', 'clerk of 13005'];
  const cases = ['completed', 'elsewhere', undefined];
  return allCells(matrix, Infinity).filter(
    ({ method, visitor, target }) => method === 'GET' && people.includes(visitor.name) && cases.includes(target?.name),
  );
}

/** How each defect must show itself. */
const signs: Readonly<Record<string, RegExp>> = {
  'matrix-doors-open': /doctor of .*: forbidden expected, 404/,
  'matrix-completed-hidden': /clerk of .* of completed: page expected, 404/,
  'matrix-both-walls-down': /clerk of .*: LEAK of/,
};

describe('権限の表', () => {
  test('動いている製品のすべての画面とAPIが、表に書かれている', () => {
    const there = allRoutes();
    expect(new Set(Object.keys(pages))).toEqual(new Set(there.pages));
    expect(new Set(Object.keys(calls))).toEqual(new Set(there.calls));
  });

  // Before the whole table, at whose end everybody has left.
  test.each(defectsOf('matrix'))(
    '欠陥 %s が見つかる',
    async (planted) => {
      const found = await faults(looks(), { root: inject('plantedProduct'), planted });
      expect(found.join('\n')).toMatch(signs[planted] ?? /no sign is named/);
    },
    120_000,
  );

  test('誰が何を開いても、見せるべきものだけを見せ、見せるべきものは見せる', async () => {
    const cells = allCells(matrix, most);
    const began = new Date();
    const before = await fingerprint(began);
    const wrong = await faults(cells);
    expect(wrong.slice(0, 40)).toEqual([]);
    expect(wrong.length).toBe(0);
    expect(cells.length).toBeGreaterThan(Math.min(most, allCells(matrix, Infinity).length) * 0.95);
    expect(await fingerprint(began)).toBe(before);
    expect(await brokenInvariants(matrix.world.ownerUrl)).toEqual([]);
  }, 1_800_000);
});
