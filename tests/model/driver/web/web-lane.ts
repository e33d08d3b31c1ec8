import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, RunningProduct } from '#support/running-product.ts';
import type { Lane } from '../lane.ts';
import { closeLane, openLane } from '../lane.ts';
import type { Pace } from './performer.ts';
import { WebPerformer } from './performer.ts';

/** A lane with a product that runs on its database and lives by its days. */
export type WebLane = { lane: Lane; web: WebPerformer; close: () => Promise<void> };

/** `root` and `planted`: the product in which a defect is awake. */
export async function openWebLane(pace: Pace, more: { root?: string; planted?: string } = {}): Promise<WebLane> {
  const lane = await openLane();
  const dataDir = mkdtempSync(join(tmpdir(), 'mamis-model-'));
  const product = new RunningProduct(await freePort(), {
    ...more,
    dataDir,
    databaseUrl: lane.world.ownerUrl,
    logLevel: 'error',
    playsWithDays: true,
  });
  await product.start();
  const web = await WebPerformer.of(lane, product, pace);
  return {
    lane,
    web,
    close: async () => {
      web.close();
      await product.stop();
      await closeLane(lane);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
