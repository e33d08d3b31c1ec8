import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { must, officeActor } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { announceService, endService, withdrawService } from './commands/keep-notice.ts';
import { serviceEntered, serviceTold } from './queries/service-notices.ts';

const operations: Actor = { kind: 'operations', accountId: newId(), staffId: newId(), displayName: '運営 花子' };
const guest: Actor = { kind: 'guest' };
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

const stop = { kind: 'maintenance', startsOn: '2026/01/20', startsTime: '22:00', endsOn: '2026/01/21', endsTime: '5:00', mode: 'stop' };

test('計画停止は運営事務局だけが登録でき、だれにでも見え、取り消すと消える', async () => {
  const { id } = must(await run(announceService, world.as(operations), stop, newId()));
  const told = must(await ask(serviceTold, world.as(guest), {}));
  expect(told.banner).toBe('2026/01/20 22:00から2026/01/21 05:00まで、メンテナンスのためご利用いただけません。');
  expect(told.lines.map((line) => line.phase)).toEqual(['ahead']);
  const jma = world.as(officeActor({ id: 0, name: '日本医師会', layer: 1 }));
  expect(await run(announceService, jma, stop)).toMatchObject({ refusal: { code: 'forbidden' } });
  expect(await ask(serviceEntered, jma, {})).toMatchObject({ refusal: { code: 'forbidden' } });
  expect(await run(endService, world.as(operations), { id, version: 1 })).toMatchObject({ refusal: { code: 'conflict' } });
  must(await run(withdrawService, world.as(operations), { id, version: 1 }));
  expect(await run(withdrawService, world.as(operations), { id, version: 2 })).toMatchObject({ refusal: { code: 'conflict' } });
  expect(must(await ask(serviceTold, world.as(guest), {}))).toEqual({ lines: [], banner: undefined });
});

test('障害は復旧にするまで表示される', async () => {
  const fault = { kind: 'fault', startsOn: '2026/01/15', startsTime: '11:30', mode: 'part', impact: 'メールが遅れています。' };
  const { id } = must(await run(announceService, world.as(operations), fault, newId()));
  expect(must(await ask(serviceTold, world.as(guest), {})).banner).toContain('11:30から障害が発生しています。メールが遅れています。');
  must(await run(endService, world.as(operations), { id, version: 1 }));
  expect(must(await ask(serviceTold, world.as(guest), {})).banner).toBeUndefined();
  expect(must(await ask(serviceEntered, world.as(operations), {})).lines.find((line) => line.id === id)?.phase).toBe('over');
});

test('ありえない日時は項目ごとに断る', async () => {
  const cases: [Record<string, string>, string][] = [
    [{ ...stop, endsOn: '', endsTime: '' }, 'endsOn'],
    [{ ...stop, endsOn: '2026/01/19' }, 'endsOn'],
    [{ ...stop, startsOn: '2026/01/15', startsTime: '9:00' }, 'startsOn'],
    [{ ...stop, startsTime: '25:00' }, 'startsTime'],
    [{ ...stop, startsOn: '2199/01/20', endsOn: '2199/01/21' }, 'startsOn'],
    [{ ...stop, kind: 'fault', startsOn: '2026/01/15', startsTime: '9:00' }, 'impact'],
    [{ ...stop, kind: 'fault', impact: '不具合' }, 'startsOn'],
    [{ ...stop, kind: 'holiday' }, 'kind'],
    [{ ...stop, mode: '' }, 'mode'],
  ];
  for (const [form, field] of cases) {
    expect(await run(announceService, world.as(operations), form)).toMatchObject({ refusal: { fields: { [field]: expect.anything() } } });
  }
});
