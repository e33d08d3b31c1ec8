import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoctorActor, OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { approveAs, draftJoin, must, versionOf } from '#main/demo/acting.ts';
import { approveLeaveAs } from '#main/demo/leaving.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { firstReason, kita, minato } from '#support/case-mix.ts';
import { fileChange, fileTransfer, memberOf } from '#support/moving.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { retract } from './commands/retract.ts';
import { submitJoin } from './commands/submit-join.ts';
import { joinReview } from './queries/join-review.ts';
import { myApplication } from './queries/my-application.ts';
import { officeApplication } from './queries/office-application.ts';

/** 続きの届 (`rules.md 3.6`) and 変更前 / 変更後 at the office (`screens.md O-05`). Today is 2026-01-15. */

let world: World;
let district: OfficeActor;
let prefecture: OfficeActor;
let jma: OfficeActor;
let destination: OfficeActor;
let tokyo: OfficeActor;

beforeAll(async () => {
  world = await createWorld();
  const [first, second, third] = await world.offices(kita);
  const [other, above] = await world.offices(minato);
  if (first === undefined || second === undefined || third === undefined || other === undefined || above === undefined)
    throw new Error('no offices');
  [district, prefecture, jma, destination, tokyo] = [first, second, third, other, above];
});
afterAll(async () => {
  await world.close();
});

async function left(): Promise<{ doctor: DoctorActor; transfer: string }> {
  const doctor = await memberOf(world, kita);
  const transfer = await fileTransfer(world, doctor, { from: kita, to: undefined, wishedOn: '', leaveOn: '2026-03-31' });
  return { doctor, transfer };
}

const draftOf = async (doctor: DoctorActor) => await draftJoin(world.as(doctor), { lowestAssociationId: minato, wishedOn: '2026-04-01' });

async function file(doctor: DoctorActor, followsId?: string) {
  const draft = await draftOf(doctor);
  return await run(submitJoin, world.as(doctor), { ...draft, ...(followsId === undefined ? {} : { followsId }) }, newId());
}

const seenBy = async (actor: OfficeActor, id: string) => must(await ask(officeApplication, world.as(actor), { id }));

describe('続きの届', () => {
  test('異動先未定の異動届は、後の入会届で続きとして示される', async () => {
    const { doctor, transfer } = await left();
    const before = must(await ask(myApplication, world.as(doctor), { id: transfer }));
    expect(before).toMatchObject({ followable: true, link: undefined });
    const draft = await draftOf(doctor);
    const wish = must(await ask(joinReview, world.as(doctor), { id: draft.id }));
    expect(wish.offers).toEqual([
      {
        id: transfer,
        label: `異動届 ${before.number}(大阪市北区医師会 退会希望年月日 2026/03/31、異動先未定)の続きとして申請する`,
      },
    ]);
    must(await approveLeaveAs(world.as(district), transfer, '2026-03-30'));
    const decided = must(await ask(joinReview, world.as(doctor), { id: draft.id }));
    expect(decided.offers[0]?.label).toContain('退会日 2026/03/30');
    const late = world.as(doctor, new Date('2027-05-01T03:00:00Z'));
    expect(must(await ask(joinReview, late, { id: draft.id })).offers).toEqual([]);
  });

  test('つなぐと、医師と両方の医師会に、相手の医師会・状況・日付が示される', async () => {
    const { doctor, transfer } = await left();
    const join = must(await file(doctor, transfer)).id;
    must(await approveAs(world.as(destination), join, { decidedOn: '2026-04-01' }));
    const mine = must(await ask(myApplication, world.as(doctor), { id: transfer }));
    expect(mine).toMatchObject({ followable: false, link: { id: join } });
    expect(must(await ask(myApplication, world.as(doctor), { id: join })).link?.title).toBe(
      `この入会届は、異動届 ${mine.number}(異動先未定)の続きです。`,
    );
    // The district that is left sees where to and since when, and cannot open the 入会届 itself.
    expect((await seenBy(district, transfer)).link).toMatchObject({
      id: undefined,
      lines: [
        { name: '東京都港区医師会', leg: '入会', state: '承認', decidedOn: '2026/04/01' },
        { name: '東京都医師会', state: '受付待ち', decidedOn: '' },
        { name: '日本医師会', state: '未到達', decidedOn: '' },
      ],
    });
    expect((await seenBy(tokyo, join)).link).toMatchObject({
      id: undefined,
      lines: [{ name: '大阪市北区医師会', leg: '退会', state: '受付待ち' }, { name: '大阪府医師会' }, { name: '日本医師会' }],
    });
    expect((await seenBy(jma, transfer)).link).toMatchObject({ id: join });
    expect(await ask(officeApplication, world.as(prefecture), { id: join })).toMatchObject({ refusal: { code: 'notFound' } });
  });

  test('退会がまだ承認されていない上層の医師会へも入会を申請でき、退会が承認されてから、翌日からの入会を承認できる', async () => {
    const { doctor, transfer } = await left();
    const join = must(await file(doctor, transfer)).id;
    for (const office of [destination, tokyo]) must(await approveAs(world.as(office), join, { decidedOn: '2026-04-01' }));
    const tooEarly = await approveAs(world.as(jma), join, { decidedOn: '2026-04-01' });
    const why = tooEarly.ok ? [] : tooEarly.refusal.fields?.['decidedOn'];
    expect(why?.at(-1)).toBe('前の所属の退会の手続き(異動先未定の異動届)が審査中です。退会が承認されてから、承認してください。');
    must(await approveLeaveAs(world.as(district), transfer, '2026-03-31'));
    must(await approveAs(world.as(jma), join, { decidedOn: '2026-04-01' }));
    const { rows } = await world.database.system.query(
      'SELECT joined_on, left_on FROM membership_period WHERE person_id = $1 AND association_id = 0 ORDER BY joined_on',
      [doctor.personId],
    );
    expect(rows).toEqual([
      { joined_on: '2025-12-01', left_on: '2026-03-31' },
      { joined_on: '2026-04-01', left_on: null },
    ]);
  });

  test('続きは一つだけ。入会届が取り下げられれば、またつなげる。選ばなければつながらない', async () => {
    const { doctor, transfer } = await left();
    const plain = must(await file(doctor, 'none')).id;
    expect((await seenBy(destination, plain)).link).toBeUndefined();
    const takeBack = async (id: string) => {
      const ctx = world.as(doctor);
      const reason = await firstReason(world, 'cancel');
      must(await run(retract, ctx, { id, version: await versionOf(ctx, id), reason }, newId()));
    };
    await takeBack(plain);
    const first = must(await file(doctor, transfer)).id;
    await takeBack(first);
    expect((await seenBy(district, transfer)).link).toBeUndefined();
    must(await file(doctor, transfer));
    const { doctor: stranger } = await left();
    expect(await file(stranger, transfer)).toMatchObject({ refusal: { code: 'conflict' } });
  });

  test('別の医師の届へは、データベースでもつなげず、申請した届のつながりは変えられない', async () => {
    const { doctor, transfer } = await left();
    const other = await left();
    const draft = await draftOf(other.doctor);
    const system = world.database.system;
    await expect(system.query('UPDATE application SET follows_id = $2 WHERE id = $1', [draft.id, transfer])).rejects.toMatchObject({
      code: '23503',
    });
    const join = must(await file(doctor, transfer)).id;
    await expect(system.query('UPDATE application SET follows_id = NULL WHERE id = $1', [join])).rejects.toMatchObject({ code: '42501' });
  });
});

describe('変更前と変更後', () => {
  test('会員区分の変更は、変わる医師会だけに印が付く', async () => {
    const doctor = await memberOf(world, kita);
    const id = await fileChange(world, doctor, { associationId: kita, categories: { [kita]: 'B' }, wishedOn: '2026-02-01' });
    const comparison = (await seenBy(district, id)).content.shown?.comparison ?? [];
    expect(comparison.map((line) => [line.label, line.changed])).toEqual([
      ['[3層] 大阪市北区医師会', true],
      ['[2層] 大阪府医師会', false],
      ['[1層] 日本医師会', false],
      ['所属施設', false],
    ]);
    expect(comparison[0]?.before).not.toBe(comparison[0]?.after);
  });

  test('異動届では、異動元は退会、異動先は入会、両方の医師会は全体を見る', async () => {
    const doctor = await memberOf(world, kita);
    const id = await fileTransfer(world, doctor, { from: kita, to: minato, wishedOn: '2026-04-01', leaveOn: '2026-03-31' });
    const linesAt = async (actor: OfficeActor) =>
      ((await seenBy(actor, id)).content.shown?.comparison ?? []).map((line) => [line.label, line.after.slice(0, 6), line.changed]);
    const ends = [
      ['[3層] 大阪市北区医師会', '退会', true],
      ['[2層] 大阪府医師会', '退会', true],
    ];
    expect(await linesAt(district)).toEqual(ends);
    const atDestination = await linesAt(destination);
    expect(atDestination.map(([label]) => label)).toEqual(['[3層] 東京都港区医師会', '[2層] 東京都医師会', '[1層] 日本医師会']);
    const common = await linesAt(jma);
    expect(common.slice(0, 2)).toEqual(ends);
    expect(common.at(-2)).toEqual(['[1層] 日本医師会', '引き続き所属', false]);
    expect(common.at(-1)?.[0]).toBe('所属施設');
  });
});
