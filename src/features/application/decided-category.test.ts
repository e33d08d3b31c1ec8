import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { addCategory, changeCategory } from '#features/own-list/commands/keep-category.ts';
import { categoryEntry } from '#features/own-list/queries/entries.ts';
import { approveAs, categoryIds, fileJoin, must, versionOf } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { kita } from '#support/case-mix.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { approve } from './commands/approve.ts';
import { decision } from './queries/office-decision.ts';

/** 会員区分 come and go by date: a decision knows those of its own day, not those of the day on which it is taken (`rules.md 2.4, 4.2`). */

let world: World;
let district: OfficeActor;
let [ended, begun] = [0, 0];

beforeAll(async () => {
  world = await createWorld();
  const [office] = await world.offices(kita);
  if (office === undefined) throw new Error('no district');
  district = office;
  const ctx = world.as(district);
  begun = must(await run(addCategory, ctx, { code: '甲', name: '甲会員', jmaCode: 'A1', startsOn: '2026/04/01' }, newId())).id;
  ended = (await categoryIds(world.surroundings, { ids: [kita], code: 'A1', now: testNow })).get(kita) ?? 0;
  const { version } = must(await ask(categoryEntry, ctx, { id: ended }));
  must(await run(changeCategory, ctx, { id: ended, version, description: '', endsOn: '2026/03/31' }, newId()));
});
afterAll(async () => {
  await world.close();
});

test('承認の画面は、承認する日付に使われている区分を示す。終了した区分では承認できず、これから始まる区分で承認できる', async () => {
  const ctx = world.as(district);
  const { id } = await fileJoin(world.as(await world.doctor()), { lowestAssociationId: kita, wishedOn: '2026-04-01' });
  const offered = async (decidedOn: string) =>
    must(await ask(decision, ctx, { id, decidedOn })).categories.map((category) => Number(category.value));
  expect(await offered('2026-03-31')).toContain(ended);
  expect(await offered('2026-03-31')).not.toContain(begun);
  expect(await offered('2026-04-01')).toContain(begun);
  expect(await offered('2026-04-01')).not.toContain(ended);
  expect(await approveAs(ctx, id, { decidedOn: '2026-04-01' })).toMatchObject({
    refusal: { fields: { categoryId: ['会員区分を選択してください'] } },
  });
  const version = await versionOf(ctx, id);
  must(await run(approve, ctx, { id, version, decidedOn: '2026-04-01', categoryId: begun, confirmed: 'on' }, newId()));
});
