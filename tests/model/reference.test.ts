import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lane } from './driver/lane.ts';
import { closeLane, openLane } from './driver/lane.ts';
import { Disagreement, newPlay, playOn } from './driver/play.ts';
import { scripts } from './driver/scripts.ts';
import { shorten } from './driver/shorten.ts';
import { anyWish, meant } from './driver/wishes.ts';

/**
 * P3: random steps of doctors and offices, of every kind and in every order, done by the real commands and by a model
 * that was written from `rules.md` alone; after each step both say the same. More with PROOF_MODEL_STEPS and PROOF_MODEL_SEED.
 */

const wanted = Number(process.env['PROOF_MODEL_STEPS'] ?? 2_000);
const firstSeed = Number(process.env['PROOF_MODEL_SEED'] ?? 20_260_115);
const longest = 80;
const side = 2;

let lanes: Lane[] = [];

beforeAll(async () => {
  lanes = await Promise.all(Array.from({ length: side }, () => openLane()));
}, 120_000);
afterAll(async () => {
  await Promise.all(lanes.map(closeLane));
}, 120_000);

/** One lane's share, with a seed of its own; a failure is reported by the shortest sequence that still fails. */
async function share(lane: Lane, { seed, steps }: { seed: number; steps: number }): Promise<{ tried: number; accepted: number }> {
  const tally = { tried: 0, accepted: 0 };
  const sequences = fc.array(anyWish, { minLength: 20, maxLength: longest, size: 'max' });
  for (const wishes of fc.sample(sequences, { numRuns: Math.ceil(steps / 20), seed })) {
    if (tally.tried >= steps) break;
    try {
      const { tried, accepted } = await playOn(await newPlay(lane), wishes.map(meant));
      tally.tried += tried;
      tally.accepted += accepted;
    } catch (error) {
      throw error instanceof Disagreement ? await shorten(lane, { found: error, within: 120_000 }) : error;
    }
  }
  return tally;
}

describe('規則だけから書いた模型と製品', () => {
  test.each(Object.entries(scripts))('決まった手順: %s', async (_title, script) => {
    const [lane] = lanes;
    if (lane === undefined) throw new Error('no lane');
    const { tried, trace } = await playOn(await newPlay(lane), script.steps);
    expect(trace).toHaveLength(tried);
  });

  test(`${wanted} 手の届出と決定で、状態・会員期間・会員数・できることが一致する`, async () => {
    const shares = await Promise.all(lanes.map((lane, place) => share(lane, { seed: firstSeed + place, steps: Math.ceil(wanted / side) })));
    const total = (of: 'tried' | 'accepted') => shares.reduce((sum, one) => sum + one[of], 0);
    expect(total('tried')).toBeGreaterThanOrEqual(wanted);
    expect(total('accepted')).toBeGreaterThan(wanted / 2);
  }, 3_600_000);
});
