import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OfficeActor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { applicationApi } from '#features/application/api.ts';
import { officeApplication } from '#features/application/queries/office-application.ts';
import { membershipApi } from '#features/membership/api.ts';
import { api } from '#main/api.ts';
import { approveAs, categoryIds, fileJoin, must } from '#main/demo/acting.ts';
import { ask } from '#platform/command/query.ts';
import type { TestDoor } from '#support/door.ts';
import { doorOf, tokenFor, visitorOf } from '#support/door.ts';
import type { World } from '#support/world.ts';
import { createWorld, testNow } from '#support/world.ts';

const kita = 27001;
let world: World;
let door: TestDoor;

beforeAll(async () => {
  world = await createWorld();
  const [district, prefecture, jma] = await world.offices(kita);
  const [stranger] = await world.offices(13005);
  const asVisitor = (actor: OfficeActor | undefined) => visitorOf(actor ?? { kind: 'guest' });
  door = doorOf({
    pages: [],
    mounts: [api],
    surroundings: world.surroundings,
    now: () => testNow,
    visitors: { district: asVisitor(district), prefecture: asVisitor(prefecture), jma: asVisitor(jma), stranger: asVisitor(stranger) },
  });
});
afterAll(async () => {
  await world.close();
});

type Sent = { as: string; body?: unknown; version?: string; key?: string };

async function call(path: string, sent: Sent) {
  const change = sent.body !== undefined;
  const headers: Record<string, string> = { Authorization: `Bearer ${tokenFor(sent.as)}` };
  if (sent.version !== undefined) headers['If-Match'] = sent.version;
  if (sent.key !== undefined) headers['Idempotency-Key'] = sent.key;
  const response = await door.fetch(`/api/v1${path}`, { headers, ...(change ? { method: 'POST', body: JSON.stringify(sent.body) } : {}) });
  const json: unknown = await response.json();
  return { status: response.status, etag: response.headers.get('etag') ?? '', json };
}

async function submitted(): Promise<string> {
  const doctor = await world.doctor();
  return (await fileJoin(world.as(doctor), { lowestAssociationId: kita, wishedOn: '2026-02-01' })).id;
}

async function approvalBody(): Promise<Record<string, unknown>> {
  const categories = await categoryIds(world.surroundings, { ids: [kita], code: 'A1', now: testNow });
  return { decidedOn: '2026-02-01', categoryId: categories.get(kita), licenceSeen: true };
}

describe('申請のAPI', () => {
  test('一覧から詳細を開き、受付と承認をして、次の医師会に届く', async () => {
    const id = await submitted();
    const list = await call('/applications?size=100', { as: 'district' });
    expect(list.status).toBe(200);
    expect(list.json).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ id, stepState: 'arrived' })]) });
    const seen = await call(`/applications/${id}`, { as: 'district' });
    expect(seen.json).toMatchObject({ id, state: 'submitted', may: expect.arrayContaining(['receive', 'approve']) });
    const received = await call(`/applications/${id}/receipt`, { as: 'district', body: {}, version: seen.etag, key: newId() });
    expect(received).toMatchObject({ status: 200, json: { id } });
    const again = await call(`/applications/${id}`, { as: 'district' });
    const approved = await call(`/applications/${id}/approval`, {
      as: 'district',
      body: await approvalBody(),
      version: again.etag,
      key: newId(),
    });
    expect(approved).toMatchObject({ status: 200, json: { id, completed: false } });
    expect((await call('/applications', { as: 'prefecture' })).json).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ id })]),
    });
  });

  test('答えは公開している形に合う', async () => {
    const id = await submitted();
    const [district] = await world.offices(kita);
    if (district === undefined) throw new Error('no chain');
    const opened = must(await ask(officeApplication, world.as(district), { id }));
    must(await approveAs(world.as(district), id, { decidedOn: '2026-02-01' }));
    const routes = [
      ['/applications', '/applications?tab=all'],
      ['/applications/{id}', `/applications/${id}`],
      ['/member-counts', '/member-counts?asOf=2026-03-01'],
      ['/members', '/members?status=all&name=ﾆﾁｲ'],
      ['/members/{id}', `/members/${opened.personId}?asOf=2026-03-01`],
    ] as const;
    for (const [path, url] of routes) {
      const route = [...applicationApi, ...membershipApi].find((one) => one.method === 'get' && one.path === path);
      const answer = await call(url, { as: 'district' });
      expect(route?.answer.safeParse(answer.json)).toMatchObject({ success: true });
    }
  });

  test('古い版での操作は409で、いまの状態が返る', async () => {
    const id = await submitted();
    const { etag } = await call(`/applications/${id}`, { as: 'district' });
    await call(`/applications/${id}/receipt`, { as: 'district', body: {}, version: etag, key: newId() });
    const late = await call(`/applications/${id}/rejection`, {
      as: 'district',
      body: { reason: 'N01', message: '資格なし' },
      version: etag,
      key: newId(),
    });
    expect(late).toMatchObject({ status: 409, json: { code: 'conflict', current: { state: 'submitted' } } });
  });

  test('同じ要求番号の再送は最初の結果を返す', async () => {
    const id = await submitted();
    const { etag } = await call(`/applications/${id}`, { as: 'district' });
    const sent = { as: 'district', body: await approvalBody(), version: etag, key: newId() };
    const first = await call(`/applications/${id}/approval`, sent);
    expect(await call(`/applications/${id}/approval`, sent)).toEqual(first);
  });

  test('ほかの医師会には届が無いのと同じに見える', async () => {
    const id = await submitted();
    expect(await call(`/applications/${id}`, { as: 'stranger' })).toMatchObject({ status: 404, json: { code: 'notFound' } });
    const tried = await call(`/applications/${id}/receipt`, { as: 'stranger', body: {}, version: '"3"', key: newId() });
    expect(tried).toMatchObject({ status: 404, json: { code: 'notFound' } });
  });

  test.each([
    ['版のない操作', 428, { as: 'district', body: {}, key: 'abcdefgh' }],
    ['要求番号のない操作', 422, { as: 'district', body: {}, version: '"3"' }],
    ['配列の本文', 422, { as: 'district', body: [], version: '"3"', key: 'abcdefgh' }],
    ['ログインしていない人', 401, { as: 'nobody', body: {}, version: '"3"', key: 'abcdefgh' }],
  ])('%s は %i', async (_title, status, sent) => {
    expect((await call(`/applications/${newId()}/receipt`, sent)).status).toBe(status);
  });

  test('日付の誤りは項目ごとの言葉で返る', async () => {
    const id = await submitted();
    const { etag } = await call(`/applications/${id}`, { as: 'district' });
    const wrong = await call(`/applications/${id}/approval`, {
      as: 'district',
      body: { ...(await approvalBody()), decidedOn: '2026-02-30' },
      version: etag,
      key: newId(),
    });
    expect(wrong).toMatchObject({ status: 422, json: { code: 'invalid', fields: { decidedOn: [expect.stringContaining('入会日')] } } });
  });

  test('全医師会の会員数は日本医師会だけが見る', async () => {
    expect((await call('/member-counts', { as: 'jma' })).status).toBe(200);
    expect((await call(`/member-counts?association=${kita}`, { as: 'prefecture' })).status).toBe(403);
    expect((await call(`/member-counts?association=${kita}`, { as: 'district' })).json).toMatchObject({
      counts: [{ associationId: kita }],
    });
  });
});
