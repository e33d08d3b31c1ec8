import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { selectMembers } from '#features/membership/commands/select-members.ts';
import { must, officeActor } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { approveUpTo, filed, kita, minato } from '#support/case-mix.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { publishNotice } from './commands/publish.ts';
import { saveNotice } from './commands/save.ts';
import { newNotice, officeNotice } from './queries/office-notice.ts';
import { readerNotices } from './queries/reader-notices.ts';

let world: World;
let category: string;
let member: DoctorActor;
let another: DoctorActor;
let stranger: DoctorActor;

const office = (id: number, layer: 3): OfficeActor => officeActor({ id, name: '', layer });

beforeAll(async () => {
  world = await createWorld();
  const [one, other] = [await filed(world, kita, undefined, '2026-01-10'), await filed(world, kita, undefined, '2026-01-10')];
  await approveUpTo(world, one, 3, '2026-01-10');
  await approveUpTo(world, other, 3, '2026-01-10');
  [member, another, stranger] = [one.doctor, other.doctor, await world.doctor()];
  const owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  const found = await owner.query<{ id: number }>('SELECT id FROM notice_category ORDER BY sort_order LIMIT 1');
  category = String(found.rows[0]?.id);
  await owner.end();
});
afterAll(async () => await world.close());

async function draft(actor: OfficeActor, more: Record<string, unknown>): Promise<{ id: string; version: number }> {
  const words = { title: '総会のご案内', category1: category, lead: '', body: '本文', target: 'condition', startsOn: '2026/01/15' };
  return must(await run(saveNotice, world.as(actor), { ...words, ...more }, newId()));
}

async function published(actor: OfficeActor, more: Record<string, unknown>): Promise<string> {
  const { id, version } = await draft(actor, more);
  return must(await run(publishNotice, world.as(actor), { id, version }, newId())).id;
}

const idsFor = async (who: DoctorActor): Promise<string[]> =>
  must(await ask(readerNotices, world.as(who), { size: '100' })).rows.map((row) => row.id);

test('会員一覧で選んだ会員だけに知らせると、ほかの会員は読めない', async () => {
  const sender = office(kita, 3);
  const { id: selection } = must(await run(selectMembers, world.as(sender), { id: [member.personId, stranger.personId] }));
  expect(must(await ask(newNotice, world.as(sender), { selection })).selected).toEqual({ id: selection, members: 1 });
  // Of another office it is no choice at all.
  expect(must(await ask(newNotice, world.as(office(minato, 3)), { selection })).selected).toBeUndefined();
  const chosen = await published(sender, { selection });
  const told = must(await ask(officeNotice, world.as(sender), { id: chosen }));
  expect(told).toMatchObject({ readers: 1, conditions: ['会員一覧で選択した会員'] });
  expect(await idsFor(member)).toContain(chosen);
  expect(await idsFor(another)).not.toContain(chosen);
  const stolen = await draft(office(minato, 3), { selection });
  expect(must(await ask(officeNotice, world.as(office(minato, 3)), { id: stolen.id })).readers).toBe(0);
});
