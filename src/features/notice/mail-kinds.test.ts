import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveMailing } from '#features/profile/commands/save-mailing.ts';
import { newId } from '#kernel/id.ts';
import { must, officeActor } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { approveUpTo, filed, kita } from '#support/case-mix.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { publishNotice } from './commands/publish.ts';
import { saveNotice } from './commands/save.ts';
import { sendNotices } from './daily.ts';

/** メールでのお知らせ of D-04: お知らせ and 研修会の案内 are two wishes. */

let world: World;
let owner: Client;

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

/** A member who takes mails of one kind only. */
async function taker(kind: 'notices' | 'training'): Promise<string> {
  const member = await filed(world, kita, undefined, '2026-01-10');
  await approveUpTo(world, member, 3, '2026-01-10');
  must(await run(saveMailing, world.as(member.doctor), { sendTo: 'home', faxTo: 'none', mails: [kind], version: '0' }, newId()));
  return member.doctor.personId;
}

async function published(category: string): Promise<string> {
  const { rows } = await owner.query<{ id: number }>('SELECT id FROM notice_category WHERE name = $1 AND association_id IS NULL', [
    category,
  ]);
  const actor = world.as(officeActor({ id: kita, name: '大阪市北区医師会', layer: 3 }));
  const words = { title: 'ご案内', category1: String(rows[0]?.id), body: '本文です。', target: 'members', startsOn: '2026/01/15' };
  const { id, version } = must(await run(saveNotice, actor, { ...words, byMail: 'on', mailHour: '9' }, newId()));
  return must(await run(publishNotice, actor, { id, version }, newId())).id;
}

async function readersByMail(id: string): Promise<(string | null)[]> {
  const { rows } = await owner.query<{ person_id: string | null }>('SELECT person_id FROM mail_message WHERE dedupe_key LIKE $1', [
    `M-54:${id}:%`,
  ]);
  return rows.map((row) => row.person_id);
}

test('「研修会・講習会」のお知らせは研修会の案内を、ほかのお知らせはお知らせを希望する人にだけメールで送る', async () => {
  const [notices, training] = [await taker('notices'), await taker('training')];
  const [course, general] = [await published('研修会・講習会'), await published('会費')];
  await sendNotices(world.as({ kind: 'system', name: 'test' }, new Date('2026-01-15T03:00:00Z')));
  expect(await readersByMail(course)).toEqual([training]);
  expect(await readersByMail(general)).toEqual([notices]);
});
