import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Lane } from './driver/lane.ts';
import { closeLane, openLane } from './driver/lane.ts';
import { Disagreement, newPlay, playOn } from './driver/play.ts';
import { shorten } from './driver/shorten.ts';
import { anyWish, meant } from './driver/wishes.ts';

/**
 * P3: random steps of doctors and offices, of every kind and in every order, done by the real commands and by a model
 * that was written from `rules.md` alone; after each step both say the same. A failure is reported by the shortest sequence that still fails.
 */

const wanted = Number(process.env['PROOF_P3_STEPS'] ?? 10_000);
const seeds = Number(process.env['PROOF_P3_SEEDS'] ?? 5);
const firstSeed = Number(process.env['PROOF_SEED'] ?? 800);
/** Seconds that may be spent on shortening a failure. */
const patience = Number(process.env['PROOF_P3_PATIENCE'] ?? 120);
const longest = 80;
const side = 2;

type Tally = { tried: number; accepted: number; byDeed: Map<string, number> };

let lanes: Lane[] = [];

beforeAll(async () => {
  lanes = await Promise.all(Array.from({ length: side }, () => openLane()));
}, 120_000);
afterAll(async () => {
  await Promise.all(lanes.map(closeLane));
}, 120_000);

/** All steps of one seed. */
async function share(lane: Lane, { seed, steps, tally }: { seed: number; steps: number; tally: Tally }): Promise<void> {
  const begun = tally.tried;
  const sequences = fc.array(anyWish, { minLength: 20, maxLength: longest, size: 'max' });
  for (const wishes of fc.sample(sequences, { numRuns: Math.ceil(steps / 20), seed })) {
    if (tally.tried - begun >= steps) break;
    try {
      const { tried, accepted, done } = await playOn(await newPlay(lane), wishes.map(meant));
      tally.tried += tried;
      tally.accepted += accepted;
      for (const deed of done) tally.byDeed.set(deed, (tally.byDeed.get(deed) ?? 0) + 1);
    } catch (error) {
      throw error instanceof Disagreement ? await shorten(lane, { found: error, within: patience * 1_000 }) : error;
    }
  }
}

/** Each lane takes the next seed until none is left. */
async function playAll(): Promise<Tally> {
  const left = Array.from({ length: seeds }, (_, place) => firstSeed + place);
  const tallies = lanes.map((): Tally => ({ tried: 0, accepted: 0, byDeed: new Map() }));
  await Promise.all(
    lanes.map(async (lane, place) => {
      const tally = tallies[place];
      for (let seed = left.shift(); seed !== undefined && tally !== undefined; seed = left.shift())
        await share(lane, { seed, steps: Math.ceil(wanted / seeds), tally });
    }),
  );
  const byDeed = new Map<string, number>();
  for (const tally of tallies) for (const [deed, count] of tally.byDeed) byDeed.set(deed, (byDeed.get(deed) ?? 0) + count);
  const sum = (of: 'tried' | 'accepted') => tallies.reduce((total, one) => total + one[of], 0);
  return { tried: sum('tried'), accepted: sum('accepted'), byDeed };
}

test(`${wanted} 手の届出と決定で、状態・会員期間・会員数・できることが一致する`, async () => {
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
}, 7_200_000);
