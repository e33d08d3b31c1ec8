import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { memberDetail } from '#features/membership/queries/member.ts';
import { must, officeActor } from '#main/demo/acting.ts';
import { ask } from '#platform/command/query.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { approveUpTo, filed, kita, minato } from '#support/case-mix.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { memberHistorySheet } from './queries/history-sheet.ts';

let world: World;
let personId: string;
const office = (id: number): OfficeActor => officeActor({ id, name: '', layer: 3 });

beforeAll(async () => {
  world = await createWorld();
  const one = await filed(world, kita, undefined, '2026-01-10');
  await approveUpTo(world, one, 3, '2026-01-10');
  ({ personId } = one.doctor);
});
afterAll(async () => await world.close());

async function rows(actor: OfficeActor): Promise<{ cells: readonly string[][]; count: number }> {
  const ctx = world.as(actor);
  const conditions = `?person=${personId}`;
  return await readTransaction(ctx, async (tx) => {
    const cells: string[][] = [];
    const columns = ['association', 'kind', 'on', 'result'];
    for await (const page of memberHistorySheet.pages(tx, ctx, { conditions, columns })) cells.push(...page.map((row) => [...row.cells]));
    return { cells, count: await memberHistorySheet.count(tx, ctx, { conditions, limit: 100 }) };
  });
}

describe('会員情報詳細(screens.md O-08)', () => {
  it('入退会履歴のファイルは、見える医師会の記録だけを持つ', async () => {
    const own = await rows(office(kita));
    expect(own).toEqual({ cells: [['大阪市北区医師会', '入会', '2026/01/10', '承認']], count: 1 });
    expect(await rows(office(minato))).toEqual({ cells: [], count: 0 });
    expect(memberHistorySheet.fits('?person=x')).toBe(false);
  });

  it('以前の医籍登録番号が、新しい順に分かる', async () => {
    const detail = async () => must(await ask(memberDetail, world.as(office(kita)), { id: personId })).profile;
    expect((await detail()).formerLicences).toEqual([]);
    // No screen changes a number yet (P-06): the history is as the register of persons keeps it.
    const owner = new Client({ connectionString: world.ownerUrl });
    await owner.connect();
    const before = (await detail()).licence;
    await owner.query('UPDATE person_licence SET current = false WHERE person_id = $1', [personId]);
    await owner.query("INSERT INTO person_licence (person_id, number, licensed_on) VALUES ($1, '987654', '2011-06-01')", [personId]);
    await owner.end();
    expect(await detail()).toMatchObject({ licence: '987654', formerLicences: [{ number: before, licensedOn: '2010-05-01' }] });
  });
});
