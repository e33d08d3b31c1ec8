import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { brokenInvariants } from '#support/invariants.ts';
import { freePort, RunningProduct } from '#support/running-product.ts';
import { SeededRandom } from '#support/seeded-random.ts';
import type { Ground, StormSize } from './storm-ground.ts';
import { groundFor } from './storm-ground.ts';
import { bulkFaults, miscounted, twofoldAnswers, unfinished } from './storm-judgement.ts';

export type CrashSpec = StormSize & { productKills: number; databaseKills: number; root?: string; planted?: string };

/** One storm on a product with a PostgreSQL of its own, in which either is killed with -9 (P1). */
export class CrashRun {
  readonly #spec: CrashSpec;
  readonly #product: RunningProduct;
  readonly #dataDir: string;
  readonly #random: SeededRandom;
  readonly ground: Ground;
  readonly killed = { product: 0, database: 0 };

  private constructor(spec: CrashSpec, begun: { product: RunningProduct; dataDir: string; ground: Ground }) {
    this.#spec = spec;
    this.#product = begun.product;
    this.#dataDir = begun.dataDir;
    this.#random = new SeededRandom(spec.seed);
    this.ground = begun.ground;
  }

  static async open(spec: CrashSpec): Promise<CrashRun> {
    const dataDir = mkdtempSync(join(tmpdir(), 'mamis-crash-'));
    const product = new RunningProduct(await freePort(), { dataDir, logLevel: 'error', root: spec.root, planted: spec.planted });
    try {
      await product.start();
      return new CrashRun(spec, { product, dataDir, ground: await groundFor(product, spec) });
    } catch (error) {
      await product.stop();
      rmSync(dataDir, { recursive: true, force: true });
      throw error;
    }
  }

  /** Resolves when all was sent, killed and answered. */
  async run(): Promise<void> {
    await Promise.race([Promise.all([this.ground.storm.run(), this.#killInBetween()]), this.#product.lost]);
  }

  /** Everything that is wrong afterwards, by kind; all empty when nothing was lost, doubled or half done. */
  async findings(): Promise<{ faults: string[]; twofold: string[]; miscounted: string[]; broken: string[] }> {
    const left = await unfinished(this.ground);
    return {
      faults: [...new Set(this.ground.storm.faults)],
      twofold: twofoldAnswers(this.ground.storm.known),
      miscounted: [...(await miscounted(this.ground)), ...(await bulkFaults(this.ground))],
      broken: [...left, ...(await brokenInvariants(this.#product.ownerUrl)).map((one) => `${one.id}: ${one.found.join(', ')}`)],
    };
  }

  async close(): Promise<void> {
    await this.ground.close();
    await this.#product.stop();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  /** Spread over the storm by what has been sent, in random order. */
  async #killInBetween(): Promise<void> {
    const { productKills, databaseKills, requests } = this.#spec;
    const victims = [
      ...Array.from({ length: productKills }, () => 'product'),
      ...Array.from({ length: databaseKills }, () => 'database'),
    ].sort(() => this.#random.next() - 0.5);
    for (const [place, victim] of victims.entries()) {
      while (this.ground.storm.sent < (requests * (place + 1)) / (victims.length + 1)) await sleep(20);
      await (victim === 'product' ? this.#killProduct() : this.#killDatabase());
    }
  }

  /** At the worst moment: somebody has just been told that he has done something, others wait for their answers. */
  async #killProduct(): Promise<void> {
    await this.ground.storm.nextDone();
    await this.#product.kill();
    this.killed.product += 1;
    await this.#product.start();
  }

  /** One of the database's own processes, or all of it; a process that has just ended by itself is no victim. */
  async #killDatabase(): Promise<void> {
    const whole = this.#random.next() < 0.5;
    while (!killed(whole ? this.#postmaster() : await this.#backend())) await sleep(10);
    this.killed.database += 1;
  }

  #postmaster(): number {
    return Number(readFileSync(join(this.#dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  }

  async #backend(): Promise<number> {
    const { rows } = await this.ground.asOwner(
      async (client) =>
        await client.query<{ pid: number }>(
          `SELECT pid FROM pg_stat_activity WHERE state IN ('active', 'idle in transaction', 'idle') AND pid <> pg_backend_pid()
           ORDER BY state, pid LIMIT 1`,
        ),
    );
    return rows[0]?.pid ?? this.#postmaster();
  }
}

/** SIGKILL; false where nobody has this number any more. */
function killed(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}
