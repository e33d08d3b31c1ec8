import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { associationApi } from '#features/association/api.ts';
import { associationSettings } from '#features/association/schema.ts';
import { api } from '#main/api.ts';
import type { TestDoor } from '#support/door.ts';
import { doorOf, tokenFor, visitorOf } from '#support/door.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';

const kita = 27001;
let world: World;
let door: TestDoor;

beforeAll(async () => {
  world = await createWorld();
  const [district] = await world.offices(kita);
  const asVisitor = (actor: OfficeActor | undefined) => visitorOf(actor ?? { kind: 'guest' });
  const clerk = district === undefined ? undefined : { ...district, role: 'clerk' as const };
  door = doorOf({
    pages: [],
    mounts: [api],
    surroundings: world.surroundings,
    now: () => testNow,
    visitors: { district: asVisitor(district), clerk: asVisitor(clerk), doctor: visitorOf(await world.doctor()) },
  });
});
afterAll(async () => {
  await world.close();
});

async function call(path: string, sent: { as: string; body?: unknown; version?: string }) {
  const change = sent.body !== undefined;
  const headers: Record<string, string> = { Authorization: `Bearer ${tokenFor(sent.as)}` };
  if (sent.version !== undefined) headers['If-Match'] = sent.version;
  if (change) headers['Idempotency-Key'] = newId();
  const response = await door.fetch(`/api/v1${path}`, { headers, ...(change ? { method: 'POST', body: JSON.stringify(sent.body) } : {}) });
  const json: unknown = await response.json();
  return { status: response.status, etag: response.headers.get('etag') ?? '', json };
}

const wanted = { ...associationSettings.parse({}), autoReceive: true, startsOn: '2026-02-01', reason: '定款の変更' };

describe('環境設定のAPI', () => {
  test('読み、予定し、取り消す。答えは公開している形に合う', async () => {
    const before = await call('/association-settings', { as: 'district' });
    const planned = await call('/association-settings', { as: 'district', body: wanted, version: before.etag });
    expect(planned).toMatchObject({ status: 200, json: { version: 2, startsOn: '2026-02-01' } });
    const routes = [
      ['/association-settings', '/association-settings'],
      ['/association-settings/{number}', '/association-settings/2'],
    ] as const;
    for (const [path, url] of routes) {
      const route = associationApi.find((one) => one.method === 'get' && one.path === path);
      expect(route?.answer.safeParse((await call(url, { as: 'clerk' })).json)).toMatchObject({ success: true });
    }
    const stale = await call('/association-settings/2/withdrawal', { as: 'district', body: { reason: '否決' }, version: before.etag });
    expect(stale).toMatchObject({ status: 409, json: { code: 'conflict', current: { version: 2 } } });
    const now = await call('/association-settings', { as: 'district' });
    const gone = await call('/association-settings/2/withdrawal', { as: 'district', body: { reason: '否決' }, version: now.etag });
    expect(gone).toMatchObject({ status: 200, json: { version: 2 } });
  });

  test('両立しない設定は422で項目ごとに返る', async () => {
    const { etag } = await call('/association-settings', { as: 'district' });
    const wrong = { ...wanted, directJoin: true, dateRule: 'boardMeeting', startsOn: '2026-01-15' };
    expect(await call('/association-settings', { as: 'district', body: wrong, version: etag })).toMatchObject({
      status: 422,
      json: { fields: { directJoin: [expect.any(String)], boardMeetings: [expect.any(String)], startsOn: [expect.any(String)] } },
    });
  });

  test('スタッフは読めるが決められず、医師には無い', async () => {
    const { etag, status } = await call('/association-settings', { as: 'clerk' });
    expect(status).toBe(200);
    expect((await call('/association-settings', { as: 'clerk', body: wanted, version: etag })).status).toBe(403);
    expect((await call('/association-settings', { as: 'doctor' })).status).toBe(403);
    expect((await call('/association-settings/7', { as: 'district' })).status).toBe(404);
  });
});
