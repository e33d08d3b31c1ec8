import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Caller } from '#support/calls.ts';
import { freePort, RunningProduct } from '#support/running-product.ts';
import type { Wire } from '#support/wire.ts';
import { layWire } from '#support/wire.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { brokenInvariants } from '#support/invariants.ts';
import type { Ground, StormSize } from './storm-ground.ts';
import { groundFor } from './storm-ground.ts';
import { bulkFaults, miscounted, twofoldAnswers, unfinished } from './storm-judgement.ts';

export type OutageSpec = StormSize & { root?: string; planted?: string };

/** A product whose wire to the database can be cut and which is restarted, with a storm of decisions on it (P9). */
export type OutageRun = {
  world: World;
  product: RunningProduct;
  caller: Caller;
  wire: Wire;
  ground: Ground;
  /** The storm, with deeds of ours when a share of it has been sent; rejects when the product ends by itself. */
  storm: (deeds: readonly (() => Promise<void>)[]) => Promise<void>;
  /** Everything wrong afterwards, by kind. */
  findings: () => Promise<{ faults: string[]; twofold: string[]; miscounted: string[]; broken: string[] }>;
  close: () => Promise<void>;
};

async function between(ground: Ground, requests: number, deeds: readonly (() => Promise<void>)[]): Promise<void> {
  for (const [place, deed] of deeds.entries()) {
    while (ground.storm.sent < (requests * (place + 1)) / (deeds.length + 1)) await sleep(10);
    await deed();
  }
}

/** Starts a product on a fresh database of the test server, behind a wire. */
export async function openOutage(spec: OutageSpec): Promise<OutageRun> {
  const world = await createWorld();
  const wire = await layWire(new URL(world.ownerUrl));
  const through = new URL(world.ownerUrl);
  through.hostname = '127.0.0.1';
  through.port = String(wire.port);
  const dataDir = mkdtempSync(join(tmpdir(), 'mamis-outage-'));
  const { root, planted } = spec;
  const product = new RunningProduct(await freePort(), { dataDir, databaseUrl: through.href, logLevel: 'error', root, planted });
  await product.start();
  const ground = await groundFor(product, spec, world.ownerUrl);
  const caller = new Caller(product.origin, 500);
  return {
    world,
    product,
    caller,
    wire,
    ground,
    storm: async (deeds) => {
      await Promise.race([Promise.all([ground.storm.run(), between(ground, spec.requests, deeds)]), product.lost]);
    },
    findings: async () => {
      const left = await unfinished(ground);
      return {
        faults: [...new Set(ground.storm.faults)],
        twofold: twofoldAnswers(ground.storm.known),
        miscounted: [...(await miscounted(ground)), ...(await bulkFaults(ground))],
        broken: [...left, ...(await brokenInvariants(world.ownerUrl)).map((one) => `${one.id}: ${one.found.join(', ')}`)],
      };
    },
    close: async () => {
      caller.close();
      await ground.close();
      await product.stop();
      await wire.cut();
      await world.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Milliseconds until the product says that it is well; rejects after `mostMs`. */
export async function wellAgain({ caller }: OutageRun, mostMs: number): Promise<number> {
  const begun = performance.now();
  for (;;) {
    if ((await caller.call({ path: '/healthz' })).status === 200) return performance.now() - begun;
    if (performance.now() - begun > mostMs) throw new Error(`not well again after ${mostMs} ms`);
    await sleep(50);
  }
}
