import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Actor, Layer } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import type { ApplicationState, StepState } from '#features/application/flow.ts';
import { applicationFlow } from '#features/application/flow.ts';
import type { PolicyTarget } from '#features/application/policy.ts';
import { maySee } from '#features/application/policy.ts';
import { visibleTo } from '#features/application/store.server.ts';
import type { DB } from '#platform/db/schema.gen.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { proofWith } from '#support/planted-defect.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';

/** Architecture §4: `may(see)` and `visibleTo` are one rule written twice, and row-level security a third time. On random worlds they agree. */

const directory = new URL('defects/policy-agrees/', import.meta.url);
const defects = readdirSync(directory);
const planted = process.env['PLANTED'] === '1';
const chain = [27_001, 27_000, 0, 13_005, 13_000];
const layers: Record<number, Layer> = { 27001: 3, 27000: 2, 0: 1, 13005: 3, 13000: 2 };
const personIds = [newId(), newId(), newId()];

let world: World;
let owner: pg.Client;
/** Sees all rows, so that only the SQL filter itself decides. */
let unwalled: Kysely<DB>;

beforeAll(async () => {
  world = await createWorld();
  owner = new pg.Client({ connectionString: world.ownerUrl });
  await owner.connect();
  unwalled = new Kysely<DB>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: world.ownerUrl, max: 2 }) }) });
  await owner.query(
    `INSERT INTO person (id, surname, given_name, surname_kana, given_name_kana, birth_on, sex, postal_code, prefecture_code, address_line, tel, main_department, graduated_on)
     SELECT id, '日医', '太郎', 'ニチイ', 'タロウ', '1980-04-01', 'male', '5300001', '27', '大阪市', '06', '01', '2010-03' FROM unnest($1::uuid[]) AS id`,
    [personIds],
  );
});
afterAll(async () => {
  await unwalled.destroy();
  await owner.end();
  await world.close('unchecked');
});

/** `proxy`: the office that entered the case; 0 is the JMA, null the doctor himself. */
type WorldCase = { person: number; state: ApplicationState; associations: number[]; stepState: StepState; proxy: number | null };

const stepStates = ['waiting', 'arrived', 'received', 'returned', 'rejected', 'skipped'] as const satisfies readonly StepState[];

const anyCase: fc.Arbitrary<WorldCase> = fc.record({
  person: fc.nat(2),
  state: fc.constantFrom(...applicationFlow.states),
  associations: fc.subarray(chain, { minLength: 1 }),
  stepState: fc.constantFrom<StepState>(...stepStates),
  proxy: fc.constantFrom(null, null, ...chain),
});

/** Each state of a case with each state of its steps, once at one office and once at all: whatever a defect needs is in it. */
const everyCase: readonly WorldCase[] = applicationFlow.states.flatMap((state) =>
  stepStates.flatMap((stepState, place) => [
    { person: place % personIds.length, state, associations: chain.slice(0, 1), stepState, proxy: null },
    { person: place % personIds.length, state, associations: chain, stepState, proxy: null },
    { person: place % personIds.length, state, associations: chain.slice(0, 1), stepState, proxy: 27_000 },
  ]),
);

function office(associationId: number, role: 'admin' | 'clerk' | 'trainingContractor'): Actor {
  return {
    kind: 'office',
    accountId: newId(),
    staffId: newId(),
    displayName: '事務局 花子',
    associationId,
    associationName: '医師会',
    layer: layers[associationId] ?? 3,
    role,
  };
}

const actors: Actor[] = [
  ...personIds.map((personId): Actor => ({ kind: 'doctor', accountId: newId(), personId, displayName: '日医 太郎' })),
  ...chain.map((id) => office(id, 'clerk')),
  office(27_001, 'admin'),
  office(27_001, 'trainingContractor'),
  office(27_002, 'admin'),
  { kind: 'operations', accountId: newId(), staffId: newId(), displayName: '運営' },
  { kind: 'guest' },
  { kind: 'system', name: 'test' },
];

/** Writes a case as it lies in the database after its history; a draft has no steps. */
async function write(one: WorldCase): Promise<{ id: string; target: PolicyTarget }> {
  const id = newId();
  const personId = personIds[one.person] ?? '';
  const draft = one.state === 'draft';
  await owner.query(
    `INSERT INTO application (id, kind, state, person_id, created_at, updated_at, number, submitted_at, open_key, proxy_association_id)
     VALUES ($1, 'join', 'draft', $2, now(), now(), NULL, NULL, $3, $4)`,
    [id, personId, id, one.proxy],
  );
  if (draft) return { id, target: { kind: 'join', personId, state: 'draft', proxyAssociationId: one.proxy, steps: [] } };
  await owner.query(
    `UPDATE application SET state = 'submitted', submitted_at = now(), number = '2026-' || lpad(nextval('application_number')::text, 7, '0') WHERE id = $1`,
    [id],
  );
  const steps = one.associations.map((associationId, ordinal) => ({
    id: newId(),
    associationId,
    ordinal,
    leg: 'leave' as const,
    role: 'decide' as const,
    state: one.stepState,
  }));
  await owner.query(
    `INSERT INTO application_step (id, application_id, leg, ordinal, person_id, association_id, layer, role, state, settings_version, submitted_at)
     SELECT s.id, $1, 'leave', s.n, $2, s.association_id, 1, 'decide', $3, 1, now()
     FROM unnest($4::uuid[], $5::int[]) WITH ORDINALITY AS s(id, association_id, n)`,
    [id, personId, one.stepState, steps.map((step) => step.id), one.associations],
  );
  await owner.query('UPDATE application SET state = $2 WHERE id = $1', [id, one.state]);
  return { id, target: { kind: 'join', personId, state: one.state, proxyAssociationId: one.proxy, steps } };
}

async function disagreements(cases: readonly { id: string; target: PolicyTarget }[]): Promise<string[]> {
  const found: string[] = [];
  for (const actor of actors) {
    const filtered = new Set(
      (await unwalled.selectFrom('application as a').select('a.id').where(visibleTo(actor)).execute()).map((row) => row.id),
    );
    const walled = new Set(
      (await readTransaction(world.as(actor), (tx) => tx.selectFrom('application').select('id').execute())).map((row) => row.id),
    );
    for (const { id, target } of cases) {
      const may = maySee(actor, target);
      const who = actor.kind === 'office' ? `${actor.role} of ${actor.associationId}` : actor.kind;
      if (filtered.has(id) !== may) found.push(`${who}: maySee ${may}, visibleTo ${filtered.has(id)} for ${JSON.stringify(target)}`);
      if (walled.has(id) !== may) found.push(`${who}: maySee ${may}, row-level security ${walled.has(id)} for ${JSON.stringify(target)}`);
    }
  }
  return found;
}

describe('policy・SQL・行の見える範囲', () => {
  test('どの状態の届でも、見てよい届とSQLで見つかる届は一致する', async () => {
    const written = [];
    for (const one of everyCase) written.push(await write(one));
    expect(await disagreements(written)).toEqual([]);
  }, 120_000);

  test('どの世界でも、見てよい届とSQLで見つかる届は一致する', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyCase, { minLength: 1, maxLength: 12 }), async (cases) => {
        const written = [];
        for (const one of cases) written.push(await write(one));
        expect(await disagreements(written)).toEqual([]);
      }),
      { numRuns: 25, seed: 20_260_115 },
    );
  }, 120_000);

  test.each(planted ? [] : defects)(
    '欠陥 %s が見つかる',
    async (name) => {
      const { failed, output } = await proofWith(
        readFileSync(new URL(name, directory), 'utf8'),
        'tests/permissions/policy-agrees.test.ts',
        { databaseUrl: inject('testServer').adminUrl, only: 'どの状態の届でも' },
      );
      expect(failed, output).toBe(true);
      expect(output).toContain('AssertionError');
    },
    120_000,
  );
});
