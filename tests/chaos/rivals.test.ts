import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/id.ts';
import { brokenInvariants } from '#support/invariants.ts';
import type { Arena, CaseState, Contest, RivalAction } from '#support/rivals.ts';
import { attempt, contestIn, currentVersion, openArena, rivalsIn } from '#support/rivals.ts';
import { meet, stateOf, verdict } from '#support/verdict.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';

/** P2: two at once on one case. Exactly one wins, the other is told 409 with the state as it is, nobody gets an error. */

const rounds = Number(process.env['PROOF_P2_ROUNDS'] ?? 50);
/** Contests fought at the same time, so that locks of different cases meet too. */
const abreast = 4;

let world: World;
let arena: Arena;
/** Cases left over in a state that another contest can use. */
const idle: Record<CaseState, Contest[]> = { draft: [], submitted: [], returned: [] };

beforeAll(async () => {
  world = await createWorld();
  arena = await openArena(world);
});
afterAll(async () => {
  await world.close();
});

function pairsOf(actions: readonly RivalAction[]): [RivalAction, RivalAction][] {
  return actions.flatMap((one, at) => actions.slice(at).map((other): [RivalAction, RivalAction] => [one, other]));
}

function isCaseState(state: string): state is CaseState {
  return Object.hasOwn(idle, state);
}

async function keepForLater(contest: Contest): Promise<void> {
  const now = await stateOf(world, contest.id);
  if (now !== undefined && isCaseState(now.state) && !now.received)
    idle[now.state].push({ ...contest, version: await currentVersion(world, contest.id) });
}

async function fight(state: CaseState, pair: readonly [RivalAction, RivalAction]): Promise<string | undefined> {
  const contest = idle[state].pop() ?? (await contestIn(arena, state));
  const settled = await Promise.allSettled(pair.map(async (action) => await attempt(arena, contest, action)));
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed !== undefined) return `failed: ${String(failed.reason)}`;
  const wrong = await verdict(
    world,
    contest.id,
    settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
  );
  if (wrong === undefined) await keepForLater(contest);
  return wrong;
}

async function fights(state: CaseState, pair: readonly [RivalAction, RivalAction]): Promise<string[]> {
  const wrong: string[] = [];
  for (let round = 0; round < rounds; round += abreast) {
    const count = Math.min(abreast, rounds - round);
    const ends = await Promise.all(Array.from({ length: count }, async () => await fight(state, pair)));
    wrong.push(...ends.filter((end) => end !== undefined));
  }
  return [...new Set(wrong)];
}

describe.each(Object.entries(rivalsIn).flatMap(([state, actions]) => (isCaseState(state) ? [{ state, actions }] : [])))(
  '一つの届($state)への同時の操作',
  ({ state, actions }) => {
    test.each(pairsOf(actions))(
      '%s と %s はどちらか一方だけが成り立つ',
      async (one, other) => {
        expect(await fights(state, [one, other])).toEqual([]);
      },
      300_000,
    );
  },
);

describe('必ず出会う二人', () => {
  test.each<[RivalAction, RivalAction]>([
    ['receive', 'approve'],
    ['attention', 'attention'],
    ['return', 'retract'],
  ])('%s と %s が同じ届に向かえば、後の一人は先の一人の後の状態を告げられる', async (one, other) => {
    const contest = await contestIn(arena, 'submitted');
    const both = [one, other].map((action) => async () => await attempt(arena, contest, action));
    expect(await verdict(world, contest.id, await meet(world, contest.id, both))).toBe(undefined);
  });
});

describe('二重送信', () => {
  test.each<[CaseState, RivalAction]>([
    ['draft', 'submit'],
    ['submitted', 'receive'],
    ['submitted', 'approve'],
    ['submitted', 'return'],
    ['submitted', 'reject'],
    ['submitted', 'cancel'],
    ['submitted', 'retract'],
    ['returned', 'resubmit'],
  ])(
    '%s の届への同じ要求番号の %s は一度だけ効き、どれも同じ答えを受け取る',
    async (state, action) => {
      for (let round = 0; round < Math.ceil(rounds / 5); round += 1) {
        const contest = await contestIn(arena, state);
        const key = newId();
        const outcomes = await Promise.all([1, 2, 3].map(async () => await attempt(arena, contest, action, key)));
        expect(outcomes.filter((outcome) => !outcome.ok)).toEqual([]);
        for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
        const { rows } = await world.database.system.query('SELECT FROM application_action WHERE application_id = $1 AND action = $2', [
          contest.id,
          action,
        ]);
        expect(rows.length).toBe(1);
      }
    },
    300_000,
  );
});

test('すべての競り合いのあとも不変条件が成り立つ', async () => {
  await world.surroundings.audit.drain();
  expect(await brokenInvariants(world.ownerUrl)).toEqual([]);
});
