import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DoctorActor } from '#kernel/actor.ts';
import { addFacilities } from '#features/facility/commands/add-facility.ts';
import { approveAs, fileJoin, must, system, versionOf } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';
import { chooseAssociations } from '../commands/choose-associations.ts';
import { returnCase } from '../commands/return-case.ts';
import { joinStart } from './join-start.ts';

const kita = 27001;
const yokohama = 14001;
const aoba = 14501;
const hyogo = 28000;
let world: World;
let doctor: DoctorActor;
let facilityId: string;

async function settle(associationId: number, settings: Record<string, unknown>): Promise<void> {
  await world.database.system.query(
    "INSERT INTO association_settings (association_id, version, starts_on, settings, reason) VALUES ($1, 2, '2026-01-01', $2, 'テスト')",
    [associationId, JSON.stringify(settings)],
  );
}

beforeAll(async () => {
  world = await createWorld();
  const added = must(
    await run(addFacilities, world.as(system), {
      facilities: [
        {
          name: '青葉台検証クリニック',
          kana: 'アオバダイケンショウクリニック',
          prefectureCode: '14',
          tel: '045-111-2222',
          ownerType: '11',
          associationId: aoba,
        },
        { name: '本社健康管理室', prefectureCode: '14', ownerType: '09', associationId: null },
      ],
    }),
  );
  facilityId = added.ids[0] ?? '';
  await settle(aoba, { requiredUpperLayers: 'prefecture' });
  await settle(hyogo, { directJoin: true });
});
beforeEach(async () => {
  doctor = await world.doctor();
});
afterAll(async () => {
  await world.close();
});

async function start(asked: Record<string, string>) {
  return must(await ask(joinStart, world.as(doctor), asked));
}

async function category(associationId: number, code = 'A1'): Promise<string> {
  const rows = await world.database.system.query<{ id: number }>('SELECT id FROM member_category WHERE association_id = $1 AND code = $2', [
    associationId,
    code,
  ]);
  return String(rows.rows[0]?.id ?? 0);
}

describe('入会届 医師会選択', () => {
  test('勤務先から、地区から日本医師会までの連なりを示す', async () => {
    const found = await start({ facilityIdQuery: 'アオバダイ', intent: 'search:facilityId' });
    expect(found.finder.facilityHits?.map((hit) => hit.label)).toEqual(['青葉台検証クリニック']);
    const chosen = await start({ facilityId, facilityIdQuery: '青葉台', intent: 'workplace' });
    expect(chosen.chosen?.workplace?.name).toBe('青葉台検証クリニック');
    expect(chosen.chain?.lines.map((line) => line.name)).toEqual(['横浜市青葉区医師会', '横浜市医師会', '神奈川県医師会', '日本医師会']);
  });

  test('電話番号でも施設を探せる', async () => {
    const found = await start({ facilityIdQuery: '０４５－１１１－２２２２', intent: 'search:facilityId' });
    expect(found.finder.facilityHits?.map((hit) => hit.value)).toEqual([facilityId]);
  });

  test('医師会の登録がない施設では、医師会の指定を案内する', async () => {
    const [room] = (await start({ facilityIdQuery: '本社健康', intent: 'search:facilityId' })).finder.facilityHits ?? [];
    const chosen = await start({ facilityId: room?.value ?? '', intent: 'workplace' });
    expect(chosen.chain).toBeUndefined();
    expect(chosen.finder.errors['facilityId']?.[0]).toContain('医師会を指定する');
    expect(chosen.finder.prefecture).toBe('14');
  });

  test('横浜市医師会には直接入会せず、区の医師会が候補になる', async () => {
    const found = await start({ prefecture: '14', lowestAssociationIdQuery: '横浜市', intent: 'search:lowestAssociationId' });
    const names = found.finder.associationHits?.map((hit) => hit.label) ?? [];
    expect(names).toContain('横浜市青葉区医師会');
    expect(names).not.toContain('横浜市医師会');
    const forced = await start({ lowestAssociationId: String(yokohama), intent: 'association' });
    expect(forced.chain).toBeUndefined();
    expect(forced.finder.associationHits?.length).toBeGreaterThan(10);
    const outcome = await run(chooseAssociations, world.as(doctor), {
      lowestAssociationId: yokohama,
      ticked: [yokohama],
      categories: { [String(yokohama)]: await category(yokohama) },
    });
    expect(outcome).toMatchObject({
      ok: false,
      refusal: { fields: { lowestAssociationId: ['横浜市医師会へは地区医師会を通じて入会します。地区医師会を選択してください。'] } },
    });
  });

  test('名称を入力せずに検索すると、その都道府県の医師会がすべて出る', async () => {
    const found = await start({ prefecture: '27', intent: 'search:lowestAssociationId' });
    expect(found.finder.associationHits?.length).toBeGreaterThan(30);
    expect((await start({ intent: 'search:lowestAssociationId' })).finder.errors).toEqual({ prefecture: ['都道府県を選択してください'] });
  });

  test('最下層の設定が求める層は外せない', async () => {
    const { chain } = await start({ lowestAssociationId: String(aoba), intent: 'association' });
    expect(chain?.lines.map((line) => [line.layer, line.locked])).toEqual([
      [4, true],
      [3, true],
      [2, true],
      [1, false],
    ]);
    expect(chain?.lines[2]?.lockNote).toBe('横浜市青葉区医師会では、神奈川県医師会への入会が必要です。');
  });

  test('直接入会を認める都道府県では、郡市区等医師会を経由しない道が示される', async () => {
    const found = await start({ prefecture: '28', intent: 'search:lowestAssociationId' });
    expect(found.finder.associationHits?.[0]).toMatchObject({ value: String(hyogo), label: '兵庫県医師会' });
    const { chain } = await start({ lowestAssociationId: String(hyogo), intent: 'association' });
    expect(chain).toMatchObject({ direct: true, directOnly: true });
    expect(chain?.lines.map((line) => line.layer)).toEqual([2, 1]);
    const categories = { [String(hyogo)]: await category(hyogo), '00000': await category(0) };
    expect(
      await run(chooseAssociations, world.as(doctor), { lowestAssociationId: hyogo, ticked: [hyogo, 0], direct: '1', categories }),
    ).toMatchObject({ ok: true });
    expect(await run(chooseAssociations, world.as(doctor), { lowestAssociationId: hyogo, ticked: [hyogo, 0], categories })).toMatchObject({
      ok: false,
    });
  });

  test('所属している層は「所属中」、残りの上層だけを選べる', async () => {
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, upTo: 3, wishedOn: '2026-02-01' });
    const [district] = await world.offices(kita);
    if (district === undefined) throw new Error('no chain');
    must(await approveAs(world.as(district), id, { decidedOn: '2026-01-15' }));
    const { chain } = await start({ lowestAssociationId: String(kita), intent: 'association' });
    expect(chain?.lines.map((line) => line.status)).toEqual(['member', 'open', 'open']);
    expect(chain?.allMember).toBe(false);
  });

  test('すべての層に所属していれば、異動届を案内する', async () => {
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    for (const office of await world.offices(kita)) must(await approveAs(world.as(office), id, { decidedOn: '2026-01-15' }));
    expect((await start({ lowestAssociationId: String(kita), intent: 'association' })).chain?.allMember).toBe(true);
  });

  test('同じ所属の申請中の届があれば、その届へ案内する', async () => {
    const { id } = await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    expect((await start({ lowestAssociationId: String(kita), intent: 'association' })).chain?.rivalId).toBe(id);
    const other = await start({ lowestAssociationId: String(aoba), intent: 'association' });
    expect(other.chain?.rivalId).toBeUndefined();
    expect(other.chain?.lines.at(-1)?.status).toBe('pending');
  });

  test('一時保存は会員区分がなくてもでき、別の端末で続けられる', async () => {
    const ctx = world.as(doctor);
    const { id } = must(
      await run(chooseAssociations, ctx, { way: 'workplace', facilityId, lowestAssociationId: aoba, ticked: [aoba, 0], complete: false }),
    );
    const again = await start({ id });
    expect(again.chosen?.workplace?.id).toBe(facilityId);
    expect(again.chain?.lines.map((line) => [line.ticked, line.categoryId])).toEqual([
      [true, ''],
      [true, ''],
      [true, ''],
      [true, ''],
    ]);
    expect(await run(chooseAssociations, ctx, { id, version: 1, lowestAssociationId: aoba, ticked: [aoba] })).toMatchObject({
      ok: false,
      refusal: { code: 'invalid' },
    });
  });

  test('差戻された届では、承認していない医師会の会員区分だけを直せる', async () => {
    const ctx = world.as(doctor);
    const { id } = await fileJoin(ctx, { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    const [district, prefecture] = await world.offices(kita);
    if (district === undefined || prefecture === undefined) throw new Error('no chain');
    must(await approveAs(world.as(district), id, { decidedOn: '2026-02-01' }));
    const request = {
      reasons: ['R03'],
      fields: [
        { field: 'categories.27000', comment: 'Bでは' },
        { field: 'document.licence', comment: '不鮮明' },
      ],
      message: '会員区分',
    };
    must(await run(returnCase, world.as(prefecture), { id, version: await versionOf(ctx, id), ...request }));
    const view = await start({ id });
    expect(view.fixed).toBe(true);
    expect(view.chain?.lines.map((line) => line.status)).toEqual(['decided', 'open', 'open']);
    expect(view.requests?.fields.map((field) => [field.label, field.page])).toEqual([
      ['[2層] 大阪府医師会 会員区分', 'associations'],
      ['提出書類:医師免許証', 'details'],
    ]);
    const corrected = {
      id,
      version: view.version,
      lowestAssociationId: kita,
      categories: { '27000': await category(27000, 'B'), '00000': await category(0, 'B') },
    };
    expect(await run(chooseAssociations, ctx, { ...corrected, ticked: [aoba] })).toMatchObject({ ok: false });
    must(await run(chooseAssociations, ctx, corrected));
    expect((await start({ id })).chain?.lines[1]?.categoryId).toBe(await category(27000, 'B'));
  });

  test('ほかの医師の届と、事務局・ログイン前の人には何も示さない', async () => {
    const { id } = await fileJoin(world.as(await world.doctor()), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
    expect(await ask(joinStart, world.as(doctor), { id })).toMatchObject({ ok: false, refusal: { code: 'notFound' } });
    const [district] = await world.offices(kita);
    if (district === undefined) throw new Error('no chain');
    expect(await ask(joinStart, world.as(district, testNow), {})).toMatchObject({ ok: false, refusal: { code: 'notFound' } });
    expect(await ask(joinStart, world.as({ kind: 'guest' }), {})).toMatchObject({ ok: false });
  });
});
