import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '#platform/command/command.ts';
import { readTransaction } from '#platform/db/transaction.ts';
import { must, system } from '#main/demo/acting.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { changeSetting } from './commands/change-setting.ts';
import { systemSettingsOf } from './queries/system-settings.ts';
import { definitionOf, systemSettingNames, withDefaults } from './schema.ts';

let world: World;

beforeAll(async () => {
  world = await createWorld();
  must(await change('officeSecondFactor')); // the worlds of tests set this one
});
afterAll(async () => {
  await world.close();
});

const now = async () => await readTransaction(world.as({ kind: 'guest' }), (tx) => systemSettingsOf(tx));
const change = async (name: string, value?: number) => await run(changeSetting, world.as(system), { name, value });

describe('期間の設定(rules.md 4.4)', () => {
  test('既定値は許される範囲にあり、何も決めなければ既定値が使われる', async () => {
    for (const name of systemSettingNames) {
      const { fallback, least, most } = definitionOf(name);
      expect([name, least <= fallback && fallback <= most]).toEqual([name, true]);
    }
    expect(await now()).toEqual(withDefaults([]));
    expect(await now()).toMatchObject({ draftDays: 90, draftWarningDays: 76, leaveNoticeDays: 7 });
  });

  test('変更は次から使われ、既定値に戻せ、操作履歴に残る', async () => {
    must(await change('draftDays', 120));
    must(await change('draftDays', 100));
    expect((await now()).draftDays).toBe(100);
    must(await change('draftDays'));
    expect((await now()).draftDays).toBe(90);
    const kept = await world.database.system.query<{ target: string; detail: unknown }>(
      "SELECT target, detail FROM audit_event WHERE action = 'systemSettings.change' AND target <> 'officeSecondFactor' ORDER BY id",
    );
    expect(kept.rows.map((row) => [row.target, row.detail])).toEqual([
      ['draftDays', { before: 90, after: 120 }],
      ['draftDays', { before: 120, after: 100 }],
      ['draftDays', { before: 100, after: 90 }],
    ]);
  });

  test('範囲の外、知らない名前、成り立たない組み合わせ、利用者からの変更は断られる', async () => {
    expect(await change('draftDays', 3)).toMatchObject({ ok: false, refusal: { code: 'invalid' } });
    expect(await change('nothing', 3)).toMatchObject({ ok: false, refusal: { code: 'invalid' } });
    expect(await change('draftWarningDays', 90)).toMatchObject({ ok: false, refusal: { code: 'invalid' } });
    const [office] = await world.offices(27_001);
    if (office === undefined) throw new Error('no office');
    expect(await run(changeSetting, world.as(office), { name: 'draftDays', value: 30 })).toMatchObject({
      ok: false,
      refusal: { code: 'forbidden' },
    });
    expect(await now()).toEqual(withDefaults([]));
  });
});
