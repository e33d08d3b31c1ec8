import { afterAll, beforeAll, expect, test } from 'vitest';
import { brokenInvariants } from '#support/invariants.ts';
import type { PaperArena } from '#support/rivals-papers.ts';
import { openPaperArena, paperContests } from '#support/rivals-papers.ts';
import { meet, verdict } from '#support/verdict.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';

/** P2 for papers: sent twice, sent while they are thrown away, taken back while they are decided, whoever entered them. They surely meet. */

let world: World;
let arena: PaperArena;

beforeAll(async () => {
  world = await createWorld();
  arena = await openPaperArena(world);
});
afterAll(async () => {
  await world.close();
});

/** Everybody against everybody, himself in a second window included. */
const bouts = Object.entries(paperContests).flatMap(([paper, { rivals, make }]) =>
  rivals.flatMap((one, place) => rivals.slice(place).map((other) => ({ paper, one, other, make }))),
);

test.each(bouts)('$paper: $one と $other はどちらか一方だけが成り立ち、もう一方は今の状態を告げられる', async ({ one, other, make }) => {
  const contest = await make(arena);
  expect(Object.keys(contest.rivals)).toEqual(expect.arrayContaining([one, other]));
  const both = [one, other].flatMap((name) => contest.rivals[name] ?? []);
  expect(await verdict(world, contest.id, await meet(world, contest.id, both))).toBe(undefined);
});

test('すべての競り合いのあとも不変条件が成り立つ', async () => {
  await world.surroundings.audit.drain();
  expect(await brokenInvariants(world.ownerUrl)).toEqual([]);
});
