import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { receive } from '#features/application/commands/receive.ts';
import { draftJoin, must, officeActor, versionOf } from '#main/demo/acting.ts';
import { inParallel } from '#main/demo/pool.ts';
import { run } from '#platform/command/command.ts';
import { filed, kita } from '#support/case-mix.ts';
import { doctorLogin, staffLogin } from '#support/logins.ts';
import { startFakeServer } from '#support/mail-server.ts';
import type { FakeServer } from '#support/mail-server.ts';
import type { Marked } from '#support/marked-world.ts';
import { markedCases } from '#support/marked-world.ts';
import { defectsOf } from '#support/running-defects.ts';
import { freePort, RunningProduct } from '#support/running-product.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import type { Visitor } from '../abuse/crawl.ts';
import { crawl } from '../abuse/crawl.ts';
import type { Form } from '../abuse/pages.ts';
import type { Leaks } from './privacy-run.ts';
import { leaksIn, personalOf, WatchingCaller } from './privacy-run.ts';

/** P15: logs, addresses and heads of mails name nobody, whatever marked people and their offices do. */

let world: World;
let owner: Client;
let marked: Marked[];
let marks: string[];
let visitors: Visitor[];
let dataDir = '';

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  marked = await markedCases(world, owner);
  marks = personalOf(marked);
  visitors = [
    { name: 'guest', cookie: '' },
    { ...(await doctorLogin(owner, one('returned').personId)), name: 'doctor' },
    { ...(await doctorLogin(owner, one('draft').personId)), name: 'doctor who writes' },
    { ...(await staffLogin(owner, { associationId: kita, role: 'admin' })), name: 'office' },
    { ...(await staffLogin(owner, { associationId: 0, role: 'admin' })), name: 'JMA' },
    { ...(await staffLogin(owner, { associationId: null })), name: 'operations' },
  ];
  dataDir = mkdtempSync(join(tmpdir(), 'mamis-privacy-'));
}, 120_000);
afterAll(async () => {
  await owner.end();
  await world.close('unchecked');
  rmSync(dataDir, { recursive: true, force: true });
});

function one(name: string): Marked {
  const found = marked.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no case ${name}`);
  return found;
}

type Watched = { product: RunningProduct; caller: WatchingCaller; server: FakeServer };

/** What was seen while `work` was done, and how much there was to see. */
async function watch(marks: readonly string[], work: (watched: Watched) => Promise<void>, more: { root?: string; planted?: string } = {}) {
  const server = await startFakeServer();
  const product = new RunningProduct(await freePort(), {
    ...more,
    dataDir,
    databaseUrl: world.ownerUrl,
    smtpUrl: `smtp://127.0.0.1:${server.port}`,
    logLevel: 'debug',
  });
  await product.start();
  const caller = new WatchingCaller(product.origin, marks);
  try {
    await work({ product, caller, server });
  } finally {
    caller.close();
    await product.stop();
    await server.stop();
  }
  const leaks: Leaks = leaksIn({ said: product.said, addresses: caller.addresses, mails: server.received }, marks);
  return { leaks, shown: caller.shown, addresses: caller.addresses.size, mails: server.received.length };
}

/** All mails that wait have gone out. */
async function untilSent(): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const { rows } = await owner.query<{ n: number }>('SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE attempts < 3');
    if (rows[0]?.n === 0) return;
    await pause(50);
  }
  throw new Error('mails still wait');
}

/** Every form of every page, filled with the data of a marked person wherever something can be typed. */
async function typeEverywhere({ caller }: Watched): Promise<void> {
  const { surfaces } = await crawl(caller, visitors, {
    addresses: marked.slice(0, 2).map(({ caseId }) => `/office/applications/${caseId}`),
  });
  const kindOf = (form: Form) => `${form.method} ${form.action.replaceAll(/[0-9a-f-]{36}/g, ':id')}`;
  const all = surfaces.flatMap(({ visitor, forms }) =>
    forms.filter(({ multipart, action }) => !multipart && action !== '/logout').map((form) => ({ visitor, form })),
  );
  const once = [...new Map(all.map((one) => [kindOf(one.form), one])).values()];
  await inParallel(once, 4, async ({ visitor, form }) => {
    const fields = typed(form);
    if (form.method === 'post') await caller.post(form.action, visitor, fields);
    else {
      const path = `${form.action.split('?')[0]}?${new URLSearchParams(fields).toString()}`;
      await caller.call({ path, headers: { Cookie: visitor.cookie } });
    }
  });
}

/** What stands in the form, and a marked datum in every empty field. */
function typed(form: Form): Record<string, string> {
  const fields = form.fields.filter(({ file }) => !file);
  return Object.fromEntries(fields.map(({ name, values }, n) => [name, values.find((value) => value !== '') ?? marks[n % 8] ?? '']));
}

const nothing: Leaks = { log: [], addresses: [], heads: [], mailAddresses: [] };

test('印を付けた人の情報は、記録、URL、メールのヘッダーのどこにも現れない', async () => {
  const seen = await watch(marks, async (watched) => {
    await typeEverywhere(watched);
    for (const loginId of marks.slice(0, 8)) await watched.caller.post('/login', { cookie: '' }, { loginId, password: loginId });
    await untilSent();
  });
  expect(seen.leaks).toEqual(nothing);
  // There was something to leak.
  expect(seen.shown).toBeGreaterThan(20);
  expect(seen.addresses).toBeGreaterThan(200);
  expect(seen.mails).toBeGreaterThan(10);
}, 360_000);

/** Somebody new, with a paper at the office and one that he still writes. */
async function newcomer(): Promise<{ caseId: string; marks: string[]; visitor: Visitor }> {
  const surname = '標新来';
  const doctor = await world.doctor({ surname, givenName: '識新来' });
  const { id } = await filed(world, kita, doctor);
  const writer = await world.doctor({ surname, givenName: '識筆記' });
  await draftJoin(world.as(writer), { lowestAssociationId: kita, wishedOn: '2026-02-01' });
  return { caseId: id, marks: [surname], visitor: { ...(await doctorLogin(owner, writer.personId)), name: 'newcomer' } };
}

test.each(defectsOf('privacy'))(
  '欠陥 %s が見つかる',
  async (planted) => {
    const { caseId, marks: own, visitor } = await newcomer();
    const { leaks } = await watch(
      own,
      async ({ caller }) => {
        await caller.call({ path: '/my', headers: { Cookie: visitor.cookie } });
        const clerk = world.as(officeActor({ id: kita, name: '', layer: 3 }));
        must(await run(receive, clerk, { id: caseId, version: await versionOf(clerk, caseId) }));
        await untilSent();
      },
      { root: inject('plantedProduct'), planted },
    );
    const found = Object.entries(leaks).filter(([, texts]) => texts.length > 0);
    expect(found.map(([where]) => where)).toEqual(['log', 'addresses', 'heads', 'mailAddresses']);
  },
  120_000,
);
