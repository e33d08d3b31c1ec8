import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayOfInstant } from '#kernel/day.ts';
import { categoryIds, fileJoin } from '#main/demo/acting.ts';
import { firstReason, kita } from '#support/case-mix.ts';
import { brokenInvariants } from '#support/invariants.ts';
import type { StaffLogin } from '#support/logins.ts';
import { doctorLogin, staffLogin } from '#support/logins.ts';
import { freePort, RunningProduct } from '#support/running-product.ts';
import { SeededRandom } from '#support/seeded-random.ts';
import type { Known, Seen } from '#support/storm.ts';
import { Storm } from '#support/storm.ts';
import type { World } from '#support/world.ts';
import { worldOn } from '#support/world.ts';

/** P1: racing decisions while the product and its PostgreSQL are killed with -9. Nothing is lost, doubled or half done. */

const requests = Number(process.env['PROOF_P1_REQUESTS'] ?? 20_000);
const productKills = Number(process.env['PROOF_P1_PRODUCT_KILLS'] ?? 10);
const databaseKills = Number(process.env['PROOF_P1_DATABASE_KILLS'] ?? 3);
const seed = Number(process.env['PROOF_SEED'] ?? 20_260_401);
const now = new Date();
const today = dayOfInstant(now);

let dataDir = '';
let product: RunningProduct;
let world: World;
let owner: Client;
let storm: Storm;
const killed = { product: 0, database: 0 };

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'mamis-crash-'));
  product = new RunningProduct(await freePort(), { dataDir, logLevel: 'error' });
  await product.start();
  world = worldOn(product.ownerUrl, () => undefined);
  storm = await prepare();
}, 180_000);
afterAll(async () => {
  await owner.end().catch(() => undefined);
  await world.close();
  await product.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** An owner's connection that survives the kills by being made anew. */
async function asOwner<T>(work: (client: Client) => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const client = new Client({ connectionString: product.ownerUrl });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await work(client);
    } catch (error) {
      if (tries > 200) throw error;
      await sleep(100);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** A case at its first office, filed through the commands; begun anew when a kill comes in between. */
async function newCase() {
  for (let tries = 0; ; tries += 1) {
    try {
      const doctor = await world.doctor();
      const login = await asOwner(async (client) => await doctorLogin(client, doctor.personId));
      const { id } = await fileJoin(world.as({ ...doctor, accountId: login.accountId }, now), {
        lowestAssociationId: kita,
        wishedOn: today,
      });
      return { id, doctor: login };
    } catch (error) {
      if (tries > 200) throw error;
      await sleep(100);
    }
  }
}

/** What is on everybody's screen: read beside the product, so that the storm is all decisions. */
async function look(id: string): Promise<Seen | undefined> {
  for (let tries = 0; ; tries += 1) {
    try {
      const { rows } = await world.database.system.query<Seen & { holder: number | null }>(
        `SELECT a.state, a.version, h.association_id AS holder, h.state = 'received' AS received,
           (SELECT count(*)::int FROM application_step s WHERE s.application_id = a.id AND s.state = 'approved') AS approvals
         FROM application a LEFT JOIN application_step h ON h.application_id = a.id AND h.state IN ('arrived', 'received', 'returned')
         WHERE a.id = $1 AND a.state IN ('submitted', 'returned')`,
        [id],
      );
      const [seen] = rows;
      return seen === undefined ? undefined : { ...seen, holder: seen.holder ?? undefined };
    } catch (error) {
      if (tries > 600) throw error;
      await sleep(100);
    }
  }
}

async function prepare(): Promise<Storm> {
  owner = new Client({ connectionString: product.ownerUrl });
  owner.on('error', () => undefined);
  await owner.connect();
  const clerks = new Map<number, readonly [StaffLogin, StaffLogin]>();
  for (const office of await world.offices(kita)) {
    const at = { associationId: office.associationId };
    clerks.set(office.associationId, [await staffLogin(owner, at), await staffLogin(owner, at)]);
  }
  return new Storm({
    origin: product.origin,
    seed,
    requests,
    width: Number(process.env['PROOF_P1_WIDTH'] ?? 24),
    clerks,
    today,
    newCase,
    look,
    categories: await categoryIds(world.surroundings, { ids: [...clerks.keys()], code: 'A1', now }),
    rejectReason: await firstReason(world, 'reject'),
    cancelReason: await firstReason(world, 'cancel'),
  });
}

function postmaster(): number {
  return Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
}

/** One of the database's own processes, or all of it. */
async function killDatabase(random: SeededRandom): Promise<void> {
  if (random.next() < 0.5) {
    process.kill(postmaster(), 'SIGKILL');
  } else {
    const [backend] = await asOwner(
      async (client) =>
        (
          await client.query<{ pid: number }>(
            "SELECT pid FROM pg_stat_activity WHERE state IN ('active', 'idle in transaction', 'idle') AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1",
          )
        ).rows,
    );
    process.kill(backend?.pid ?? postmaster(), 'SIGKILL');
  }
  killed.database += 1;
}

async function killProduct(): Promise<void> {
  await product.kill();
  killed.product += 1;
  await product.start();
}

/** Spread over the storm by what has been sent, in random order. */
async function killInBetween(): Promise<void> {
  const random = new SeededRandom(seed);
  const victims = [
    ...Array.from({ length: productKills }, () => 'product'),
    ...Array.from({ length: databaseKills }, () => 'database'),
  ].sort(() => random.next() - 0.5);
  for (const [place, victim] of victims.entries()) {
    while (storm.sent < (requests * (place + 1)) / (victims.length + 1)) await sleep(20);
    await (victim === 'product' ? killProduct() : killDatabase(random));
  }
}

/** A page that has nothing left to edit leads on with 302; only 303 follows a deed. */
const succeeded = (one: Known): boolean => one.status === 200 || one.status === 303;

const keyOf = (one: { application: string; deed: string; account: string }) => `${one.application} ${one.deed} ${one.account}`;

/** What people were told they had done, by case, deed and person: each key once. */
function told(known: readonly Known[]): Map<string, number> {
  const keys = new Map(known.filter(succeeded).map((one) => [one.key, one]));
  const counts = new Map<string, number>();
  for (const one of keys.values()) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  return counts;
}

test(`${requests} 件の競り合う要求の間に、アプリを${productKills}回、データベースを${databaseKills}回、強制終了しても、何も失われず、重ならず、半端に残らない`, async () => {
  await Promise.race([Promise.all([storm.run(), killInBetween()]), product.lost]);
  expect(killed).toEqual({ product: productKills, database: databaseKills });
  expect([...new Set(storm.faults)]).toEqual([]);
  expect(storm.sent).toBeGreaterThanOrEqual(requests);
}, 1_800_000);

test('同じ要求番号の答えは、いつ受け取っても同じ', () => {
  const answers = new Map<string, Known[]>();
  for (const one of storm.known) answers.set(one.key, [...(answers.get(one.key) ?? []), one]);
  expect([...answers.values()].filter((all) => new Set(all.map(succeeded)).size > 1)).toEqual([]);
});

test('成功と告げられた操作は、ちょうどその数だけ記録にある', async () => {
  const rows = await asOwner(
    async (client) =>
      (
        await client.query<{ application: string; deed: string; account: string; n: number }>(
          `SELECT application_id AS application, action AS deed, account_id AS account, count(*)::int AS n FROM application_action WHERE action <> 'submit' GROUP BY 1, 2, 3`,
        )
      ).rows,
  );
  const recorded = new Map(rows.map((row) => [keyOf(row), row.n]));
  const expected = told(storm.known);
  const wrong = [...new Set([...recorded.keys(), ...expected.keys()])].filter((key) => recorded.get(key) !== expected.get(key));
  expect(wrong.map((key) => `${key}: told ${expected.get(key) ?? 0}, recorded ${recorded.get(key) ?? 0}`)).toEqual([]);
  expect(expected.size).toBeGreaterThan(requests / 40);
});

test('不変条件がすべて成り立つ', async () => {
  expect(await brokenInvariants(product.ownerUrl)).toEqual([]);
}, 300_000);

test('強制終了で残された仕事も、すべて片付く', async () => {
  const left = async () =>
    await asOwner(
      async (client) =>
        (
          await client.query<{ n: number }>(
            "SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE task_identifier IN ('react', 'sendMail')",
          )
        ).rows[0]?.n,
    );
  await expect.poll(left, { timeout: 280_000, interval: 1000 }).toBe(0);
}, 300_000);
