import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lane } from './driver/lane.ts';
import { closeLane, openLane } from './driver/lane.ts';
import { newPlay, playOn } from './driver/play.ts';
import { scripts } from './driver/scripts.ts';

/** P3 in small: written steps of doctors and offices, done by the real commands and by a model that was written from `rules.md` alone. */

let lane: Lane;

beforeAll(async () => {
  lane = await openLane();
}, 120_000);
afterAll(async () => {
  await closeLane(lane);
}, 120_000);

describe('規則だけから書いた模型と製品', () => {
  test.each(Object.entries(scripts))('決まった手順: %s', async (_title, script) => {
    const { tried, trace } = await playOn(await newPlay(lane), script.steps);
    expect(trace).toHaveLength(tried);
  });
});
