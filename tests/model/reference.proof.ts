import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { defectsOf } from '#support/running-defects.ts';
import { Disagreement, newPlay, playOn } from './driver/play.ts';
import { scripts } from './driver/scripts.ts';
import { shorten } from './driver/shorten.ts';
import type { Play } from './driver/stage.ts';
import type { Lane } from './driver/lane.ts';
import { closeLane, openLane } from './driver/lane.ts';
import type { WebPerformer } from './driver/web/performer.ts';
import { openWebLane } from './driver/web/web-lane.ts';
import { anyWish, meant } from './driver/wishes.ts';

/**
 * P3: random steps of doctors and offices, of every kind and in every order, done by the product and by a model that was
 * written from `rules.md` alone; after each step both say the same. A failure is reported by the shortest sequence that
 * still fails. PROOF_P3_HTTP_STEPS of the steps, in whole seeds, go over HTTP to the running product as a browser without
 * script sends them, with some of the pages opened and looked at; the others by the commands of the pages in this process,
 * which is several times quicker. The written steps go over HTTP too, each on its opened page.
 */

const wanted = Number(process.env['PROOF_P3_STEPS'] ?? 10_000);
const overHttp = Number(process.env['PROOF_P3_HTTP_STEPS'] ?? 2_000);
const seeds = Number(process.env['PROOF_P3_SEEDS'] ?? 5);
const firstSeed = Number(process.env['PROOF_SEED'] ?? 800);
/** Seconds that may be spent on shortening a failure. */
const patience = Number(process.env['PROOF_P3_PATIENCE'] ?? 120);
const longest = 80;
const side = 2;

const stepsOfSeed = Math.ceil(wanted / seeds);
const webSeeds = Math.min(seeds, Math.ceil(overHttp / stepsOfSeed));

type Tally = { tried: number; accepted: number; byDeed: Map<string, number> };
type Side = { lane: Lane; web: WebPerformer | undefined; close: () => Promise<void> };

let sides: Side[] = [];

/** A product stands beside a lane only where it is asked for. */
async function openSide(place: number): Promise<Side> {
  if (place < webSeeds) return await openWebLane({ opens: 4, looks: 4 });
  const lane = await openLane();
  return { lane, web: undefined, close: async () => await closeLane(lane) };
}

beforeAll(async () => {
  sides = await Promise.all(Array.from({ length: side }, (_, place) => openSide(place)));
}, 120_000);
afterAll(async () => {
  await Promise.all(sides.map(async (one) => await one.close()));
}, 120_000);

/** All steps of one seed. */
async function share(anew: () => Promise<Play>, { seed, tally }: { seed: number; tally: Tally }): Promise<void> {
  const begun = tally.tried;
  const sequences = fc.array(anyWish, { minLength: 20, maxLength: longest, size: 'max' });
  for (const wishes of fc.sample(sequences, { numRuns: Math.ceil(stepsOfSeed / 20), seed })) {
    if (tally.tried - begun >= stepsOfSeed) break;
    try {
      const { tried, accepted, done } = await playOn(await anew(), wishes.map(meant));
      tally.tried += tried;
      tally.accepted += accepted;
      for (const deed of done) tally.byDeed.set(deed, (tally.byDeed.get(deed) ?? 0) + 1);
    } catch (error) {
      throw error instanceof Disagreement ? await shorten(anew, { found: error, within: patience * 1_000 }) : error;
    }
  }
}

/** Each side takes the next seed until none is left; those that go over HTTP first, where there is a product. */
async function playAll(): Promise<Tally> {
  const tally: Tally = { tried: 0, accepted: 0, byDeed: new Map() };
  const left = Array.from({ length: seeds }, (_, place) => firstSeed + place);
  const overWeb = left.splice(0, webSeeds);
  const tallies = sides.map((): Tally => ({ tried: 0, accepted: 0, byDeed: new Map() }));
  await Promise.all(
    sides.map(async ({ lane, web }, place) => {
      const own = tallies[place] ?? tally;
      if (web !== undefined)
        for (let seed = overWeb.shift(); seed !== undefined; seed = overWeb.shift())
          await share(async () => await newPlay(lane, web), { seed, tally: own });
      for (let seed = left.shift(); seed !== undefined; seed = left.shift())
        await share(async () => await newPlay(lane), { seed, tally: own });
    }),
  );
  for (const own of tallies) {
    tally.tried += own.tried;
    tally.accepted += own.accepted;
    for (const [deed, count] of own.byDeed) tally.byDeed.set(deed, (tally.byDeed.get(deed) ?? 0) + count);
  }
  return tally;
}

test(`${wanted} 手の届出と決定(うち ${webSeeds * stepsOfSeed} 手は画面から)で、状態・会員期間・会員数・できることが一致する`, async () => {
  const { tried, accepted, byDeed } = await playAll();
  expect(tried).toBeGreaterThanOrEqual(wanted);
  expect(accepted).toBeGreaterThan(wanted / 3);
  const deeds = [
    'submit',
    'approve',
    'return',
    'resubmit',
    'retract',
    'cancel',
    'reject',
    'acknowledge',
    'revoke',
    'revokeLeave',
    'receive',
  ];
  expect(deeds.filter((deed) => wanted >= 5_000 && !byDeed.has(deed))).toEqual([]);
  const sent = sides.reduce((total, { web }) => total + (web?.browser.count.requests ?? 0), 0);
  expect(sent).toBeGreaterThanOrEqual(webSeeds * stepsOfSeed * 0.8);
}, 7_200_000);

/** The written steps, every one on the page that the product shows for it, and pages looked at in between. */
async function playScripts(
  titles: readonly string[],
  { looks, ...more }: { looks: number; root?: string; planted?: string },
): Promise<string[]> {
  const { lane, web, close } = await openWebLane({ opens: 1, looks }, more);
  const found: string[] = [];
  try {
    for (const title of titles) {
      try {
        await playOn(await newPlay(lane, web), scripts[title]?.steps ?? []);
      } catch (error) {
        if (!(error instanceof Disagreement)) throw error;
        found.push(`${title}: ${error.message}`);
      }
    }
    expect(web.browser.count.filledIn).toBeGreaterThan(0);
    expect(web.looks).toBeGreaterThan(0);
  } finally {
    await close();
  }
  return found;
}

test('決まった手順を、どの一手も製品の画面を開いて記入する', async () => {
  expect(await playScripts(Object.keys(scripts), { looks: 3 })).toEqual([]);
}, 600_000);

describe('仕込んだ欠陥', () => {
  test.each(defectsOf('model'))(
    '欠陥 %s が見つかる',
    async (planted) => {
      const text = readFileSync(new URL(`defects/pages/${planted}.defect`, import.meta.url), 'utf8');
      const title = /^shown by: (.+)$/m.exec(text)?.[1] ?? '';
      expect(Object.keys(scripts)).toContain(title);
      expect(await playScripts([title], { looks: 1, root: inject('plantedProduct'), planted })).toHaveLength(1);
    },
    120_000,
  );
});
