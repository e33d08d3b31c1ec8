import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { day } from '#kernel/day.ts';
import { associationSettings } from '#features/association/schema.ts';
import { settingsHistory } from '#features/association/queries/settings-history.ts';
import { approveAs, fileJoin, must } from '#main/demo/acting.ts';
import { fileWithdrawal } from '#main/demo/leaving.ts';
import { ask } from '#platform/command/query.ts';
import { kita } from '#support/case-mix.ts';
import { memberOf } from '#support/moving.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { settingsTrial } from './queries/settings-trial.ts';
import type { PastCase } from './settings-trial.ts';
import { tryOnPast } from './settings-trial.ts';

/** 過去1年の申請で試す (`rules.md 4.1`, `screens.md O-21`). Today is 2026-01-15. */

const standard = associationSettings.parse({});

describe('扱いの違い', () => {
  const own = { associationId: kita, layer: 3, leg: 'leave', role: 'decide', decidedOn: day('2025-09-30') } as const;
  const past: PastCase = {
    id: 'a',
    number: '2025-0000001',
    kind: 'withdrawal',
    ground: undefined,
    proxyAssociationId: null,
    submittedOn: day('2025-09-01'),
    wishedOn: day('2025-09-30'),
    leaveOn: undefined,
    steps: [own],
    own: { ...own, state: 'approved', settingsVersion: 1, clockFrom: day('2025-09-01'), doneOn: day('2025-09-10') },
    papers: [],
  };
  const differing = (one: PastCase, change: Partial<typeof standard>, was = standard) =>
    tryOnPast({
      cases: [one],
      draft: associationSettings.parse({ ...standard, ...change }),
      pinned: () => was,
      changed: associationSettings.keyof().options.filter((code) => code in change),
      today: day('2026-01-15'),
    }).lines.map(({ found }) => found?.differing);

  test('処理にかかった日数と承認した日付は、申請されたときの版と比べる', () => {
    expect(differing(past, { reminderDays: 10 })).toEqual([1]);
    expect(differing(past, { reminderDays: 9 })).toEqual([0]);
    expect(differing(past, { decisionWindow: { back: 0, ahead: 19 } })).toEqual([1]);
    expect(differing(past, { decisionWindow: { back: 0, ahead: 20 } })).toEqual([0]);
    // The case was sent under what the draft brings back.
    expect(differing(past, { reminderDays: 10 }, associationSettings.parse({ reminderDays: 10 }))).toEqual([0]);
  });

  test('死亡の退会届には日付の範囲がなく、これからの日程とデータ出力の設定は試せない', () => {
    const death = { ...past, ground: 'death' } as const;
    expect(differing(death, { wishWindow: { back: 0, ahead: 0 }, decisionWindow: { back: 0, ahead: 0 } })).toEqual([0, 0]);
    expect(differing(past, { boardMeetings: ['2026-04-20'], exportThreshold: 10 })).toEqual([undefined, undefined]);
  });

  test('知らない版の届は数えない', () => {
    const { lines } = tryOnPast({
      cases: [past],
      draft: { ...standard, reminderDays: 10 },
      pinned: () => undefined,
      changed: ['reminderDays'],
      today: day('2026-01-15'),
    });
    expect(lines).toMatchObject([{ found: { concerned: 0, differing: 0, examples: [] } }]);
  });
});

describe('過去1年の申請で試す', () => {
  let world: World;
  let admin: OfficeActor;

  beforeAll(async () => {
    world = await createWorld();
    const [district] = await world.offices(kita);
    if (district === undefined) throw new Error('no district');
    admin = district;
  });
  afterAll(async () => {
    await world.close();
  });

  const form = {
    ...standard,
    requiredUpperLayers: 'prefecture',
    allowUpperOnlyWithdrawal: 'no',
    wishWindow: { back: 30, ahead: 365 },
    dateRule: 'firstOfMonth',
    requiredDocuments: [...standard.requiredDocuments, { kind: 'join', title: '推薦書', required: true, note: '' }],
    autoReceive: '1',
    twoPersonDecision: ['join'],
    exportThreshold: 500,
    startsOn: '2026/04/01',
    reason: '定款の変更',
  };

  async function tried(actor: OfficeActor, more: Record<string, unknown> = {}) {
    const { revision } = must(await ask(settingsHistory, world.as(actor), {}));
    return await ask(settingsTrial, world.as(actor), { ...form, version: revision, ...more });
  }

  test('自医師会の一年の届を、項目ごとに新しい設定で数え直す。一年より前の届と、ほかの医師会の届は数えない', async () => {
    const alone = await fileJoin(world.as(await world.doctor()), { lowestAssociationId: kita, upTo: 3, wishedOn: '2026-02-01' });
    const whole = await fileJoin(world.as(await world.doctor()), { lowestAssociationId: kita, wishedOn: '2026-02-10' });
    must(await approveAs(world.as(admin), whole.id, { decidedOn: '2026-02-10' }));
    const member = await memberOf(world, kita);
    const leave = await fileWithdrawal(world.as(member), { leave: [0], wishedOn: '2026-03-31' });
    const old = new Date('2024-12-01T03:00:00Z');
    await fileJoin(world.as(await world.doctor(), old), { lowestAssociationId: kita, wishedOn: '2024-12-15' });

    const found = must(must(await tried(admin)));
    expect(found).toMatchObject({ from: '2025-01-16', to: '2026-01-15', cases: 4, more: false, differing: 4 });
    expect(found.lines.map(({ label, found: line }) => [label, line?.concerned, line?.differing])).toEqual([
      ['上層医師会への入会', 4, 1],
      ['上層のみの退会', 1, 1],
      ['希望年月日の範囲', 4, 1],
      ['入会日の決め方', 3, 1],
      ['提出書類', 4, 3],
      ['受付の省略', 3, 3],
      ['2名での承認', 2, 2],
      ['大きな出力の承認', undefined, undefined],
    ]);
    const examples = (label: string) => found.lines.find((line) => line.label === label)?.found?.examples;
    expect(examples('上層医師会への入会')).toEqual([{ id: alone.id, number: alone.number }]);
    expect(examples('上層のみの退会')).toMatchObject([{ id: leave.id }]);
    expect(examples('入会日の決め方')).toMatchObject([{ id: whole.id }]);
    const [, prefecture] = await world.offices(kita);
    const [tokyo] = await world.offices(13_005);
    if (prefecture === undefined || tokyo === undefined) throw new Error('no office');
    expect(must(must(await tried(tokyo)))).toMatchObject({ cases: 0, differing: 0 });
  });

  test('管理者だけが試せる。両立しない設定、前の画面からの設定は、登録のときと同じく断られる', async () => {
    const { revision } = must(await ask(settingsHistory, world.as(admin), {}));
    const clerk = { ...admin, role: 'clerk' } as const;
    expect(await ask(settingsTrial, world.as(clerk), { ...form, version: revision })).toMatchObject({ refusal: { code: 'forbidden' } });
    expect(must(await tried(admin, { requiredUpperLayers: 'all', allowUpperOnlyWithdrawal: 'yes' }))).toMatchObject({
      refusal: { fields: { allowUpperOnlyWithdrawal: [expect.any(String)] } },
    });
    expect(must(await tried(admin, { version: revision + 1 }))).toMatchObject({ refusal: { code: 'conflict' } });
  });
});
