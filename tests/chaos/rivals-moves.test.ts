import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kita } from '#support/case-mix.ts';
import { brokenInvariants } from '#support/invariants.ts';
import type { MoveArena, MoveState, Rival } from '#support/rivals-moves.ts';
import { moveAttempt, moveContest, moveRivals, openMoveArena } from '#support/rivals-moves.ts';
import { meet, verdict } from '#support/verdict.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';

/** P2 for 退会届 and 異動届: 承認, 一括承認, 確認, 承認取消 and 退会取消 of several offices on one case. They surely meet: nobody writes before both have set out. */

const rounds = Number(process.env['PROOF_P2_MOVE_ROUNDS'] ?? 1);
const osaka = 27_000;

let world: World;
let arena: MoveArena;

beforeAll(async () => {
  world = await createWorld();
  arena = await openMoveArena(world);
});
afterAll(async () => {
  await world.close();
});

function isState(state: string): state is MoveState {
  return Object.hasOwn(moveRivals, state);
}

function nameOf(rival: Rival): string {
  return 'at' in rival ? `${rival.at} ${rival.deed}` : rival.deed;
}

type Bout = { state: MoveState; pair: string; rivals: [Rival, Rival] };

function pairsOf(state: string): Bout[] {
  if (!isState(state)) return [];
  const all = moveRivals[state];
  return all.flatMap((one, place) =>
    all.slice(place).map((other): Bout => ({ state, pair: `${nameOf(one)} と ${nameOf(other)}`, rivals: [one, other] })),
  );
}

describe.each(Object.keys(moveRivals))('退会届・異動届(%s)への同時の操作', (state) => {
  test.each(pairsOf(state))(
    '$pair はどちらか一方だけが成り立ち、もう一方は今の状態を告げられる',
    async ({ state: begun, rivals }) => {
      for (let round = 0; round < rounds; round += 1) {
        const contest = await moveContest(arena, begun);
        const both = rivals.map((rival) => async () => await moveAttempt(arena, contest, rival));
        expect(await verdict(world, contest.id, await meet(world, contest.id, both))).toBe(undefined);
      }
    },
    300_000,
  );
});

test('自動確認と確認が同時でも、確認は一度だけ記録される', async () => {
  const contest = await moveContest(arena, 'left');
  const rivals: Rival[] = [
    { deed: 'late', at: osaka },
    { deed: 'late', at: osaka },
  ];
  const outcomes = await meet(
    world,
    contest.id,
    rivals.map((rival) => async () => await moveAttempt(arena, contest, rival)),
  );
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(await moveAttempt(arena, contest, { deed: 'acknowledge', at: osaka })).toMatchObject({ ok: false, refusal: { code: 'conflict' } });
  const { rows } = await world.database.system.query(
    "SELECT FROM application_action WHERE application_id = $1 AND action = 'acknowledge'",
    [contest.id],
  );
  expect(rows).toHaveLength(1);
});

test('退会取消の後に届いた古い画面の承認取消や確認は、今の状態を告げられる', async () => {
  const contest = await moveContest(arena, 'left');
  expect(await moveAttempt(arena, contest, { deed: 'revokeLeave', at: kita })).toMatchObject({ ok: true });
  for (const deed of ['revokeLeave', 'acknowledge'] as const)
    expect(await moveAttempt(arena, contest, { deed, at: deed === 'acknowledge' ? osaka : kita })).toMatchObject({
      ok: false,
      refusal: { code: 'conflict', current: { state: 'cancelled' } },
    });
});

test('すべての競り合いのあとも不変条件が成り立つ', async () => {
  await world.surroundings.audit.drain();
  expect(await brokenInvariants(world.ownerUrl)).toEqual([]);
});
