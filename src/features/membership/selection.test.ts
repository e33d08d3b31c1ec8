import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { approveAs, fileJoin, must, officeActor } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { selectMembers } from './commands/select-members.ts';
import { selectionSearch } from './pages/list-links.ts';
import { memberSheet } from './queries/member-sheet.ts';
import { memberList } from './queries/members.ts';

const kita = 27_001;
const minato = 13_005;
let world: World;
let district: OfficeActor;
let other: OfficeActor;
const ids: string[] = [];

beforeAll(async () => {
  world = await createWorld();
  [district, other] = [officeActor({ id: kita, name: '', layer: 3 }), officeActor({ id: minato, name: '', layer: 3 })];
  for (const surname of ['青木', '石井', '上田', '江口']) {
    const doctor = await world.doctor({ surname });
    ids.push(doctor.personId);
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-01-10', upTo: 3 });
    // 江口 has only applied; he is in the list too.
    if (surname !== '江口') must(await approveAs(world.as(district), id, { decidedOn: '2026-01-10' }));
  }
});
afterAll(async () => await world.close());

const listed = async (actor: OfficeActor, selection: string): Promise<string[]> =>
  must(await ask(memberList, world.as(actor), { status: 'all', selection })).rows.map((row) => row.personId);

describe('会員一覧で選んだ会員(screens.md O-07)', () => {
  test('選んだ会員だけが、一覧・CSV・宛名ラベルの対象になる', async () => {
    const chosen = [ids[2], ids[0], ids[3], ids[0]].flatMap((id) => (id === undefined ? [] : [id]));
    const { id, members } = must(await run(selectMembers, world.as(district), { id: chosen }));
    expect(members).toBe(3);
    expect((await listed(district, id)).toSorted()).toEqual([...new Set(chosen)].toSorted());
    const ctx = world.as(district);
    const conditions = selectionSearch('?name=石井&status=current', id);
    const told = await readTransaction(ctx, async (tx) => {
      const rows: string[] = [];
      for await (const page of memberSheet.pages(tx, ctx, { conditions, columns: ['licence'] }))
        rows.push(...page.map((row) => row.personId));
      const labels: string[] = [];
      for await (const page of memberSheet.labels?.(tx, ctx, { conditions, mailing: null }) ?? [])
        labels.push(...page.map((row) => row.personId));
      return {
        rows,
        labels,
        count: await memberSheet.count(tx, ctx, { conditions, limit: 10 }),
        words: await memberSheet.words(tx, ctx, conditions),
      };
    });
    expect(told.count).toBe(3);
    expect(told.rows.toSorted()).toEqual([...new Set(chosen)].toSorted());
    expect(new Set(told.labels)).toEqual(new Set(chosen));
    expect(told.words).toContain('対象:会員一覧で選択した会員');
  });

  test('ほかの医師会の会員は選べず、ほかの医師会の選択は使えない', async () => {
    expect(await run(selectMembers, world.as(other), { id: ids[0] })).toMatchObject({ ok: false, refusal: { code: 'notFound' } });
    const { id } = must(await run(selectMembers, world.as(district), { id: ids[0] }));
    expect(await listed(other, id)).toEqual([]);
    expect(await listed(district, newId())).toEqual([]);
  });

  test('一度に選べるのは500名まで、会員でないものや空は断る', async () => {
    const many = Array.from({ length: 501 }, () => newId());
    expect(await run(selectMembers, world.as(district), { id: many })).toMatchObject({ ok: false, refusal: { code: 'invalid' } });
    expect(await run(selectMembers, world.as(district), { id: 'x' })).toMatchObject({ ok: false, refusal: { code: 'invalid' } });
    expect(await run(selectMembers, world.as(district), { id: newId() })).toMatchObject({ ok: false, refusal: { code: 'notFound' } });
    const contractor: OfficeActor = { ...district, role: 'trainingContractor' };
    expect(await run(selectMembers, world.as(contractor), { id: ids[0] })).toMatchObject({ ok: false, refusal: { code: 'forbidden' } });
  });
});
