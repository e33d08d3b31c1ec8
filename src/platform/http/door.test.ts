import { Hono } from 'hono';
import { data } from 'react-router';
import { describe, expect, it } from 'vitest';
import type { Actor, StaffRole } from '#kernel/actor.ts';
import { refuse, type RefusalCode } from '#kernel/refusal.ts';
import { buildOf, doorOf, type TestPage, visitorOf } from '#support/door.ts';
import type { DoorEnv } from './api-mount.ts';
import { parseForm } from './form.ts';
import { defineAccess, definePage, everybody, type PageSpec } from './page-access.ts';
import { checkRegistry } from './registry.ts';
import { contextOf, stateOf, takeFlash } from './request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from './respond.ts';

const doctor: Actor = { kind: 'doctor', accountId: 'a', personId: 'p', displayName: '医師 太郎' };
const operations: Actor = { kind: 'operations', accountId: 'o', staffId: 's', displayName: '運営 花子' };
const office = (role: StaffRole, layer: 1 | 3 = 3): Actor => ({
  kind: 'office',
  accountId: `${role}${layer}`,
  staffId: 's',
  displayName: '職員',
  associationId: 27001,
  associationName: '北区医師会',
  layer,
  role,
});
const visitors = {
  doctor: visitorOf(doctor),
  operations: visitorOf(operations),
  admin: visitorOf(office('admin')),
  clerk: visitorOf(office('clerk')),
  contractor: visitorOf(office('trainingContractor')),
  national: visitorOf(office('admin', 1)),
};

const page = (path: string, spec: Partial<PageSpec> = {}, more: Partial<TestPage> = {}): TestPage => ({
  path,
  handle: definePage({ id: path, title: path, who: ['office'], audit: { none: 'test' }, ...spec }),
  loader: ({ context }) => ({ who: contextOf(context).actor.kind }),
  ...more,
});

const pages: TestPage[] = [
  page('login', { who: everybody }),
  page('my', { who: ['doctor'] }),
  page('office'),
  page('office/staff-members', { roles: ['admin'] }),
  page('office/account', { roles: ['admin', 'clerk', 'trainingContractor'] }),
  page('jma', { layers: [1] }),
  page('operations', { who: ['operations'] }),
];

describe('who may open which page', () => {
  const door = doorOf({ pages, visitors });
  const cells: [string, Record<string, number>][] = [
    ['login', { guest: 200, doctor: 200, operations: 200, admin: 200, clerk: 200, contractor: 200, national: 200 }],
    ['my', { guest: 302, doctor: 200, operations: 403, admin: 403, clerk: 403, contractor: 403, national: 403 }],
    ['office', { guest: 302, doctor: 403, operations: 403, admin: 200, clerk: 200, contractor: 403, national: 200 }],
    ['office/staff-members', { guest: 302, doctor: 403, operations: 403, admin: 200, clerk: 403, contractor: 403, national: 200 }],
    ['office/account', { guest: 302, doctor: 403, operations: 403, admin: 200, clerk: 200, contractor: 200, national: 200 }],
    ['jma', { guest: 302, doctor: 403, operations: 403, admin: 403, clerk: 403, contractor: 403, national: 200 }],
    ['operations', { guest: 302, doctor: 403, operations: 200, admin: 403, clerk: 403, contractor: 403, national: 403 }],
    ['nowhere', { guest: 404, doctor: 404, operations: 404, admin: 404, clerk: 404, contractor: 404, national: 404 }],
  ];
  const flat = cells.flatMap(([path, row]) => Object.entries(row).map(([who, status]) => [path, who, status] as const));

  it.each(flat)('/%s by %s is %i, as page and as data request', async (path, who, status) => {
    const as = who === 'guest' ? undefined : who;
    expect((await door.fetch(`/${path}`, { as })).status).toBe(status);
    const asData = await door.fetch(`/${path}.data`, { as });
    expect(asData.status).toBe(status === 302 ? 202 : status);
    if (status !== 200) expect(await asData.text()).not.toContain('"who"');
  });

  it('sends a guest to the login page and back to where he wanted', async () => {
    const answer = await door.fetch('/office?tab=todo&sort=-appliedOn');
    expect(answer.headers.get('location')).toBe('/login?next=%2Foffice%3Ftab%3Dtodo%26sort%3D-appliedOn');
    const asData = await door.fetch('/office.data?tab=todo&_routes=office');
    expect(await asData.text()).toContain('/login?next=%2Foffice%3Ftab%3Dtodo');
  });

  it('無操作で終わったログインは、その旨を伝えるログインページに導く', async () => {
    const timed = doorOf({ pages, visitors: { late: { actor: { kind: 'guest' }, session: undefined, timedOut: true } } });
    const answer = await timed.fetch('/office', { as: 'late' });
    expect(answer.headers.get('location')).toBe('/login?next=%2Foffice&timeout=1');
  });

  it('権限のないページを開こうとしたことは操作履歴に残る', async () => {
    const recorded = doorOf({ pages, visitors });
    await recorded.fetch('/office/staff-members', { as: 'clerk' });
    expect(recorded.audited).toMatchObject([{ action: 'page.refused', result: 'refused', target: 'office/staff-members', chain: 27001 }]);
  });
});

describe('checkRegistry', () => {
  it('refuses a page without policy, and names it', () => {
    const build = buildOf([...pages, { path: 'office/secret' }]);
    expect(() => checkRegistry(build, [])).toThrow(/page route office\/secret declares no access/);
    expect(() => doorOf({ pages: [{ path: 'x' }] })).toThrow(/page route x/);
  });

  it('refuses a policy without visitors, audit or limits', () => {
    for (const spec of [{ who: [] }, { audit: '' }, { audit: { none: ' ' } }, { limits: { perMinute: 0 } }]) {
      expect(() => checkRegistry(buildOf([page('x', spec)]), [])).toThrow(/page route x/);
    }
  });

  it('refuses a root route that does not carry out the guard', () => {
    const build = buildOf(pages);
    const root = build.routes['root'];
    const open = { ...build, routes: { ...build.routes, root: root && { ...root, module: { ...root.module, middleware: [] } } } };
    expect(() => checkRegistry(open, [])).toThrow(/does not carry out the guard/);
  });

  it('refuses an API route without policy', () => {
    const app = new Hono<DoorEnv>().get('/counts', (c) => c.text('1')).post('/counts', (c) => c.text('2'));
    const access = defineAccess({ id: 'counts', title: 'counts', who: ['office'], audit: 'x' });
    expect(() => checkRegistry(buildOf(pages), [{ path: '/api', app, policies: { 'GET /counts': access } }])).toThrow(/POST \/counts/);
    expect(() =>
      checkRegistry(buildOf(pages), [{ path: '/api', app, policies: { 'GET /counts': access, 'POST /counts': access } }]),
    ).not.toThrow();
  });
});

describe('a visitor who must settle something first', () => {
  const hold = (reading: boolean) => ({
    ...visitorOf(office('clerk')),
    hold: { to: '/terms/consent', reading, message: '同意してください' },
  });
  const post = { method: 'POST', headers: { Origin: 'http://localhost:3000' } };
  const app = new Hono<DoorEnv>().get('/me', (c) => c.text('read')).post('/act', (c) => c.text('done'));
  const access = defineAccess({ id: 'api-held', title: 'held', who: ['office'], audit: 'x' });
  const door = doorOf({
    pages: [
      page('login', { who: everybody }),
      page('office', {}, { action: () => null }),
      page('office/inquiries', { whileHeld: true }, { action: () => null }),
      page('terms/consent', { whileHeld: true }, { action: () => null }),
    ],
    visitors: { asked: hold(false), reader: hold(true) },
    mounts: [{ path: '/api/v1', app, policies: { 'GET /me': access, 'POST /act': access } }],
  });

  it('leads from every page to where it is settled, but from those that stay open', async () => {
    const answer = await door.fetch('/office?tab=todo', { as: 'asked' });
    expect(answer.headers.get('location')).toBe('/terms/consent?next=%2Foffice%3Ftab%3Dtodo');
    expect(await (await door.fetch('/office.data', { as: 'asked' })).text()).toContain('/terms/consent');
    for (const path of ['/terms/consent', '/office/inquiries', '/login']) {
      expect((await door.fetch(path, { as: 'asked' })).status, path).toBe(200);
    }
    expect((await door.fetch('/api/v1/me', { as: 'asked' })).status).toBe(403);
  });

  it('lets a reader read and ask, and change nothing', async () => {
    expect((await door.fetch('/office', { as: 'reader' })).status).toBe(200);
    expect((await door.fetch('/office', { as: 'reader', ...post })).headers.get('location')).toBe('/terms/consent');
    expect((await door.fetch('/office/inquiries', { as: 'reader', ...post })).status).toBe(200);
    expect((await door.fetch('/api/v1/me', { as: 'reader' })).status).toBe(200);
    const refused = await door.fetch('/api/v1/act', { as: 'reader', ...post });
    expect([refused.status, await refused.json()]).toEqual([403, { code: 'forbidden', message: '同意してください' }]);
  });
});

describe('mounted apps', () => {
  const access = defineAccess({ id: 'api-echo', title: 'echo', who: ['office'], audit: 'x', limits: { bodyBytes: 100 } });
  const app = new Hono<DoorEnv>()
    .get('/me', (c) => c.json({ kind: c.var.door.context.actor.kind }))
    .post('/echo', async (c) => c.json({ size: (await c.req.text()).length }));
  const door = doorOf({ pages, visitors, mounts: [{ path: '/api/v1', app, policies: { 'GET /me': access, 'POST /echo': access } }] });

  it('asks for login, refuses the wrong kind, answers the right one', async () => {
    expect((await door.fetch('/api/v1/me')).status).toBe(401);
    expect((await door.fetch('/api/v1/me', { as: 'doctor' })).status).toBe(403);
    expect(await (await door.fetch('/api/v1/me', { as: 'clerk' })).json()).toEqual({ kind: 'office' });
    expect((await door.fetch('/api/v1/nothing', { as: 'clerk' })).status).toBe(404);
  });

  it('keeps origin and size of changing requests', async () => {
    const post = (init: RequestInit) => door.fetch('/api/v1/echo', { method: 'POST', as: 'clerk', ...init });
    const headers = { Origin: 'http://localhost:3000' };
    expect((await post({ body: 'x'.repeat(100), headers })).status).toBe(200);
    expect((await post({ body: 'x'.repeat(101), headers })).status).toBe(413);
    expect((await post({ body: 'x' })).status).toBe(403);
    expect((await post({ body: 'x', headers: { Origin: 'https://evil.example' } })).status).toBe(403);
  });
});

const form = page(
  'form',
  { who: everybody, limits: { bodyBytes: 1_000, perMinute: 5_000 } },
  {
    action: async ({ request }) => (await parseForm(request)).input,
  },
);

describe('changing requests', () => {
  const post = (door: ReturnType<typeof doorOf>, headers: Record<string, string>, body: BodyInit = 'a=1') =>
    door.fetch('/form', { method: 'POST', body, headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers } });
  const own = { Origin: 'http://localhost:3000' };

  const cases: [number, Record<string, string>][] = [
    [200, own],
    [200, { ...own, 'Sec-Fetch-Site': 'same-origin' }],
    [200, { 'Sec-Fetch-Site': 'same-origin' }],
    [200, { Referer: 'http://localhost:3000/form' }],
    [403, {}],
    [403, { Origin: 'null' }],
    [403, { Origin: 'http://localhost:3001' }],
    [403, { Origin: 'https://localhost:3000' }],
    [403, { ...own, 'Sec-Fetch-Site': 'cross-site' }],
    [403, { ...own, 'Sec-Fetch-Site': 'same-site' }],
    [403, { 'Sec-Fetch-Site': 'none' }],
    [403, { Referer: 'http://localhost:3000.evil.example/' }],
    [403, { Origin: 'http://evil.example', 'X-Forwarded-Host': 'evil.example' }],
  ];
  it.each(cases)('%i for %o', async (status, headers) => {
    expect((await post(doorOf({ pages: [form] }), headers)).status).toBe(status);
  });

  const secure: [string, number, Record<string, string>][] = [
    ['configured', 200, { Origin: 'https://mamis.example.jp' }],
    ['configured', 403, { Origin: 'http://localhost:3000' }],
    ['trusted', 200, { Origin: 'https://mamis.example.jp', 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'mamis.example.jp' }],
    [
      'trusted',
      403,
      { Origin: 'https://evil.example', 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'evil.example, mamis.example.jp' },
    ],
  ];
  it.each(secure)('behind a TLS proxy (%s): %i for %o', async (how, status, headers) => {
    const settings = how === 'configured' ? { publicOrigin: 'https://mamis.example.jp' } : { trustProxy: true };
    const door = doorOf({ pages: [form], settings });
    const answer = await post(door, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=');
  });

  it('limits the body, whatever its headers claim', async () => {
    const door = doorOf({ pages: [form] });
    expect((await post(door, own, 'a='.padEnd(1_001, 'x'))).status).toBe(413);
    const endless = new ReadableStream({ pull: (to) => to.enqueue(new TextEncoder().encode('a'.repeat(100))) });
    const init = {
      method: 'POST',
      body: endless,
      duplex: 'half',
      headers: { ...own, 'Content-Type': 'application/x-www-form-urlencoded' },
    };
    expect((await door.fetch('/form', init)).status).toBe(413);
  });

  it('answers unreadable bodies and odd methods with 4xx', async () => {
    const door = doorOf({ pages: [form, page('read', { who: everybody })] });
    expect((await post(door, { ...own, 'Content-Type': 'application/json' }, '{}')).status).toBe(400);
    expect((await post(door, { ...own, 'Content-Type': 'multipart/form-data; boundary=x' }, 'rubbish')).status).toBe(400);
    expect((await post(door, own, 'a=%00')).status).toBe(400);
    expect((await post(door, own, '__proto__.admin=1')).status).toBe(400);
    expect((await door.fetch('/read', { method: 'POST', headers: own })).status).toBe(405);
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      expect((await door.fetch('/form', { method, headers: own })).status).toBe(405);
    }
    expect((await door.fetch('/form', { method: 'HEAD' })).status).toBe(200);
    for (const path of ['/%zz', '/form%', '/form?x=%00', '/fo%00rm']) expect((await door.fetch(path)).status).toBe(400);
    expect((await door.fetch(`/form?x=${'y'.repeat(9_000)}`)).status).toBe(414);
  });
});

describe('what every answer carries', () => {
  it('has a policy with a fresh nonce, is not stored, names the request', async () => {
    const door = doorOf({ pages, visitors });
    const [first, second] = [await door.fetch('/login'), await door.fetch('/login')];
    const policy = first.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w-]{36}'/);
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toBe(second.headers.get('content-security-policy'));
    expect(first.headers.get('cache-control')).toBe('no-store');
    expect(first.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(first.headers.get('strict-transport-security')).toBeNull();
  });

  it('keeps the policy of an answer that has its own', async () => {
    const loader = () => new Response('x', { headers: { 'Content-Security-Policy': 'sandbox' } });
    const answer = await doorOf({ pages: [page('file', { who: everybody }, { loader, resource: true })] }).fetch('/file');
    expect(answer.headers.get('content-security-policy')).toBe('sandbox');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('logs one line without address, query or name', async () => {
    const door = doorOf({ pages, visitors });
    await door.fetch('/office?name=%E5%B1%B1%E7%94%B0', { as: 'clerk' });
    await door.fetch('/reset/secret-token');
    const text = door.lines.join('');
    expect(door.lines).toHaveLength(2);
    expect(text).toContain('"page":"office"');
    for (const word of ['name', 'secret', '山田', '%E5', '職員', '192.0.2']) expect(text).not.toContain(word);
  });
});

describe('limits', () => {
  it('次々に送られる要求には、待つ秒数を添えて429で答える', async () => {
    const door = doorOf({ pages: [page('few', { who: everybody, limits: { perMinute: 3 } })], visitors });
    const statuses = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await door.fetch('/few')).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect((await door.fetch('/few')).headers.get('retry-after')).toBe('60');
    expect((await door.fetch('/few', { from: '192.0.2.2' })).status).toBe(200);
    expect((await door.fetch('/few', { as: 'doctor' })).status).toBe(200);
  });

  it('are scaled for measurements', async () => {
    const door = doorOf({ pages: [page('few', { who: everybody, limits: { perMinute: 1 } })], settings: { rateScale: 100 } });
    for (let n = 0; n < 50; n += 1) expect((await door.fetch('/few')).status).toBe(200);
  });
});

describe('outcomes and flash', () => {
  it('turns refusals into the statuses of the error pages', async () => {
    const statuses: [RefusalCode, number, number][] = [
      ['notFound', 404, 404],
      ['forbidden', 403, 403],
      ['unavailable', 503, 503],
      ['conflict', 409, 409],
      ['tooMany', 429, 429],
      ['invalid', 404, 422],
    ];
    for (const [code, loaded, posted] of statuses) {
      const outcome = refuse(code);
      const door = doorOf({
        pages: [page('p', { who: everybody }, { loader: () => orThrow(outcome), action: () => refusalData(outcome, { a: '1' }) })],
      });
      expect((await door.fetch('/p')).status).toBe(loaded);
      const answer = await door.fetch('/p.data', { method: 'POST', headers: { Origin: 'http://localhost:3000' } });
      expect(answer.status).toBe(posted);
      if (posted === 503) expect(answer.headers.get('retry-after')).toBe('5');
    }
  });

  it('brings a sentence to the next page, once, and only ours', async () => {
    const flash = page(
      'p',
      { who: everybody },
      {
        loader: ({ context }) => ({ flash: takeFlash(context) ?? 'none' }),
        action: ({ context }) => redirectWithFlash(context, '/p', '保存しました。'),
      },
    );
    const door = doorOf({ pages: [flash] });
    const saved = await door.fetch('/p', { method: 'POST', headers: { Origin: 'http://localhost:3000' } });
    expect([saved.status, saved.headers.get('location')]).toEqual([303, '/p']);
    const cookie = saved.headers.get('set-cookie')?.split(';')[0] ?? '';
    const next = await door.fetch('/p', { headers: { Cookie: cookie } });
    expect(await next.text()).toContain('保存しました。');
    expect(next.headers.get('set-cookie')).toContain('Max-Age=0');
    const forged = await door.fetch('/p', { headers: { Cookie: `mamis-flash=${btoa('buy now')}.x` } });
    expect(await forged.text()).toContain('none');
  });

  it('gives cookies that only https and this host can have', async () => {
    const signIn = page('p', { who: everybody }, { loader: ({ context }) => (stateOf(context).cookies.startSession('token'), null) });
    const plain = await doorOf({ pages: [signIn] }).fetch('/p');
    expect(plain.headers.get('set-cookie')).toBe('mamis=token; Path=/; HttpOnly; SameSite=Lax');
    const https = await doorOf({ pages: [signIn], settings: { publicOrigin: 'https://mamis.example.jp' } }).fetch('/p');
    expect(https.headers.get('set-cookie')).toBe('__Host-mamis=token; Path=/; HttpOnly; SameSite=Lax; Secure');
  });
});

describe('failures', () => {
  const gone = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

  it('データベースに届かないときは、再開を待つ503で答える', async () => {
    const door = doorOf({ pages, readVisitor: async () => Promise.reject(gone) });
    const answer = await door.fetch('/office', { as: 'clerk' });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect((await door.fetch('/login')).status).toBe(200);
    expect((await door.fetch('/healthz')).status).toBe(503);
  });

  it('the same when a page loses it half-way', async () => {
    const lost = page('lost', { who: everybody }, { loader: () => Promise.reject(gone) });
    expect((await doorOf({ pages: [lost] }).fetch('/lost')).status).toBe(503);
  });

  it('an unexpected error is a 500 with nothing of it in answer or personal in the log', async () => {
    const failing = page(
      'bad',
      { who: everybody },
      {
        loader: () =>
          Promise.reject(Object.assign(new Error('Key (login_id)=(yamada) exists'), { severity: 'ERROR', code: '23505', constraint: 'c' })),
      },
    );
    const door = doorOf({ pages: [failing] });
    const answer = await door.fetch('/bad');
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toMatch(/yamada|at .*\.ts/);
    expect(door.lines.join('')).toContain('"code":"23505"');
    expect(door.lines.join('')).not.toContain('yamada');
  });

  it('a thrown refusal is not logged as an error', async () => {
    const refused = page(
      'no',
      { who: everybody },
      {
        loader: () => {
          throw data({}, { status: 404 });
        },
      },
    );
    const door = doorOf({ pages: [refused] });
    expect((await door.fetch('/no')).status).toBe(404);
    expect(door.lines.join('')).not.toContain('"level":"error"');
  });
});
