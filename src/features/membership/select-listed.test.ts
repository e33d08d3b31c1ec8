import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { makeExport } from '#features/export/commands/make.ts';
import { saveNotice } from '#features/notice/commands/save.ts';
import { approveAs, fileJoin, must, officeActor, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { staffLogin } from '#support/logins.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { cleanSelections } from './commands/clean-selections.ts';
import { selectListed } from './commands/select-listed.ts';
import { selectMembers } from './commands/select-members.ts';
import { removeOldSelections } from './daily.ts';
import { selectionTexts } from './labels.ts';
import { selectionSearch } from './pages/list-links.ts';
import { memberList } from './queries/members.ts';
import { mostListed } from './schema.ts';

const kita = 27_001;
const minato = 13_005;
let world: World;
let owner: Client;
let district: OfficeActor;
let other: OfficeActor;

async function join(surname: string): Promise<string> {
  const doctor = await world.doctor({ surname });
  const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-01-10', upTo: 3 });
  must(await approveAs(world.as(district), id, { decidedOn: '2026-01-10' }));
  return doctor.personId;
}

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  const login = await staffLogin(owner, { associationId: kita });
  district = { ...officeActor({ id: kita, name: '', layer: 3 }), accountId: login.accountId, staffId: login.staffId };
  other = officeActor({ id: minato, name: '', layer: 3 });
  for (const surname of ['青木', '石井', '青山']) await join(surname);
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

const listed = async (actor: OfficeActor, selection: string): Promise<string[]> =>
  must(await ask(memberList, world.as(actor), { status: 'all', selection })).rows.map((row) => row.name.split(' ')[0] ?? '');

describe('この条件のすべてを選択(screens.md 1.3, O-07)', () => {
  test('選んだ時点で条件に合う会員が選ばれ、後から条件に合った会員は入らない', async () => {
    const { id, members } = must(await run(selectListed, world.as(district), { conditions: '?name=青&status=current' }));
    expect(members).toBe(2);
    await join('青田');
    expect((await listed(district, id)).toSorted()).toEqual(['青山', '青木'].toSorted());
    expect(await listed(other, id)).toEqual([]);
    const again = must(await run(selectListed, world.as(district), { conditions: '?name=青' }));
    expect(again.members).toBe(3);
    // Who is chosen is not written into the record a second time; what it was asked by is.
    const { rows } = await owner.query<{ detail: unknown; person_ids: string[] }>(
      `SELECT detail, person_ids FROM audit_event WHERE action = 'member.selectListed' ORDER BY id DESC LIMIT 1`,
    );
    expect(rows).toEqual([{ detail: { members: 3, narrowed: ['name'] }, person_ids: [] }]);
  });

  test('会員のいない条件、読めない条件、会員を見られない者は断る', async () => {
    const refusedFor = async (actor: OfficeActor, conditions: string) => await run(selectListed, world.as(actor), { conditions });
    expect(await refusedFor(district, '?name=存在しない')).toMatchObject({
      refusal: { code: 'invalid', message: '該当する会員がいません。検索条件を変えてお試しください。' },
    });
    expect(await refusedFor(other, '?status=current')).toMatchObject({ refusal: { code: 'invalid' } });
    expect(await refusedFor(district, '?joinedFrom=いつか')).toMatchObject({ refusal: { code: 'invalid' } });
    expect(await refusedFor({ ...district, role: 'trainingContractor' }, '')).toMatchObject({ refusal: { code: 'forbidden' } });
  });

  test('20,000名を超えると断り、絞り込むか、選択せずに進むよう伝える', async () => {
    expect(selectionTexts.tooMany(mostListed)).toContain('一度に選択できるのは20,000名までです');
    // The table holds no more than the command lets through.
    const many = Array.from({ length: mostListed + 1 }, () => newId());
    const insert = `INSERT INTO member_selection (id, association_id, account_id, person_ids, selected_at) VALUES ($1, $2, $3, $4, $5)`;
    await expect(owner.query(insert, [newId(), kita, district.accountId, many, testNow])).rejects.toThrow('person_ids');
  });
});

describe('使われなかった選択は、夜間に消える', () => {
  const days = (count: number) => new Date(testNow.getTime() + count * 86_400_000);
  const isKept = async (id: string) => (await owner.query('SELECT FROM member_selection WHERE id = $1', [id])).rowCount === 1;

  test('30日を過ぎ、お知らせにもデータ出力にも使われていないものだけが消え、繰り返しても変わらない', async () => {
    const choose = async (now = testNow) => must(await run(selectListed, world.as(district, now), { conditions: '' })).id;
    const [unused, noticed, filed] = [await choose(), await choose(), await choose()];
    const later = await choose(days(10));
    const one = must(await ask(memberList, world.as(district), {})).rows[0]?.personId ?? '';
    const { id: ticked } = must(await run(selectMembers, world.as(district), { id: one }));
    must(await run(saveNotice, world.as(district), { title: '下書き', target: 'condition', selection: noticed }, newId()));
    const file = {
      list: 'members',
      conditions: selectionSearch('?sort=name', filed),
      purpose: 'E01',
      columns: ['surname'],
      baseOn: '2026-01-15',
      encoding: 'utf8',
      deleteBy: '2026-04-01',
    };
    must(await run(makeExport, world.as(district), file, newId()));
    const kept = async () => {
      const found: boolean[] = [];
      for (const id of [unused, ticked, noticed, filed, later]) found.push(await isKept(id));
      return found;
    };
    await removeOldSelections(world.as(system, days(29)));
    expect(await kept()).toEqual([true, true, true, true, true]);
    for (let night = 31; night < 33; night += 1) {
      await removeOldSelections(world.as(system, days(night)));
      expect(await kept()).toEqual([false, false, true, true, true]);
    }
    await removeOldSelections(world.as(system, days(60)));
    expect(await kept()).toEqual([false, false, true, true, false]);
    expect(await listed(district, noticed)).toHaveLength(4);
  });

  test('人には消せない', async () => {
    expect(await run(cleanSelections, world.as(district), {})).toMatchObject({ refusal: { code: 'forbidden' } });
  });
});
