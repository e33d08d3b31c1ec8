import { readdirSync, readFileSync } from 'node:fs';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogChecks, catalogFaults } from '#support/catalog-faults.ts';
import { createTestDatabase } from '#support/database.ts';
import type { TestDatabase } from '#support/template.ts';

/** P6: what the app role may not, shown on the catalog; each check reports its own planted defect. */

const directory = new URL('defects/catalog/', import.meta.url);
const defects = readdirSync(directory).filter((name) => name.endsWith('.sql'));
let database: TestDatabase;
let owner: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

describe('データベースの役割と表', () => {
  test.each(catalogChecks)('$title', async ({ sql }) => {
    expect((await owner.query<{ found: string }>(sql)).rows.map((row) => row.found)).toEqual([]);
  });

  test('確認ごとに、それを破る欠陥が用意されている', () => {
    const covered = new Set(defects.map((name) => name.split('.')[0]));
    expect(catalogChecks.map((one) => one.id).filter((id) => !covered.has(id))).toEqual([]);
  });

  test.each(defects)('欠陥 %s が見つかる', async (name) => {
    await owner.query('BEGIN');
    try {
      await owner.query(readFileSync(new URL(name, directory), 'utf8'));
      expect((await catalogFaults(owner)).map((fault) => fault.id)).toContain(name.split('.')[0]);
    } finally {
      await owner.query('ROLLBACK');
    }
  });
});
