import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayOfInstant } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { api } from '#main/api.ts';
import { inParallel } from '#main/demo/pool.ts';
import { localFileStore } from '#platform/files/local-file-store.ts';
import type { Answer, NoAnswer } from '#support/calls.ts';
import { Caller } from '#support/calls.ts';
import { brokenInvariants } from '#support/invariants.ts';
import { doctorLogin, session, staffLogin } from '#support/logins.ts';
import type { Marked } from '#support/marked-world.ts';
import { markedCases } from '#support/marked-world.ts';
import { freePort, RunningProduct } from '#support/running-product.ts';
import { SeededRandom } from '#support/seeded-random.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import routes from '../../src/routes.ts';
import type { Actor, Target, Verdict } from './oracle.ts';
import { calls, expected, maySeeCase, maySeePerson, pages } from './oracle.ts';

/** P7: every kind of person × relation to the target × route of the running product, against the oracle. */

/** Part of the cells to try, for a quick look; 1 is all of them. */
const share = Number(process.env['PROOF_P7_SHARE'] ?? 1);
const root = process.env['PROOF_ROOT'];
const today = dayOfInstant(new Date());

type Visitor = { name: string; actor: Actor; cookie: string };
type Cell = {
  visitor: Visitor;
  route: string;
  path: string;
  method: 'GET' | 'POST' | 'DATA';
  verdict: Verdict;
  target: Marked | undefined;
};

let world: World;
let owner: Client;
let product: RunningProduct;
let caller: Caller;
let dataDir = '';
let marked: Marked[];
let visitors: Visitor[];
const absent: Target = { missing: true, personId: '', state: '', steps: [], holder: undefined, approved: false, scope: [] };

beforeAll(async () => {
  world = await createWorld();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  marked = await markedCases(world, owner);
  visitors = await everybody();
  dataDir = mkdtempSync(join(tmpdir(), 'mamis-matrix-'));
  await keepFiles();
  product = new RunningProduct(await freePort(), {
    dataDir,
    databaseUrl: world.ownerUrl,
    ...(root === undefined ? {} : { root }),
    smtpUrl: 'smtp://127.0.0.1:1',
  });
  await product.start();
  caller = new Caller(product.origin, 16);
}, 300_000);
afterAll(async () => {
  caller.close();
  await product.stop();
  await owner.end();
  await world.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** The papers of the cases are only rows so far. */
async function keepFiles(): Promise<void> {
  const store = localFileStore(join(dataDir, 'files'));
  const { rows } = await owner.query<{ id: string; size: number }>('SELECT id, size FROM stored_file');
  for (const { id, size } of rows) await store.put(id, Buffer.alloc(size, '%PDF-1.4 '));
}

async function everybody(): Promise<Visitor[]> {
  const office = async (associationId: number, role: 'admin' | 'clerk' | 'trainingContractor'): Promise<Visitor> => {
    const login = await staffLogin(owner, { associationId, role });
    return { name: `${role} of ${associationId}`, actor: { kind: 'office', associationId, role }, cookie: login.cookie };
  };
  const barred = async (name: string, spec: { state?: 'stopped'; validUntil?: string }): Promise<Visitor> => ({
    name,
    actor: { kind: 'guest' },
    cookie: (await staffLogin(owner, { associationId: 27_001, ...spec })).cookie,
  });
  const doctors: Visitor[] = [];
  for (const one of marked)
    doctors.push({
      name: `doctor of ${one.name}`,
      actor: { kind: 'doctor', personId: one.personId },
      cookie: (await doctorLogin(owner, one.personId)).cookie,
    });
  const stranger = await world.doctor();
  const over = await staffLogin(owner, { associationId: 27_001 });
  const clerks = [27_001, 27_000, 0, 14_501, 14_001, 14_000, 13_005, 13_000, 27_002, 14_502, 14_002, 13_006, 1_000, 1_001];
  return [
    { name: 'guest', actor: { kind: 'guest' }, cookie: '' },
    { name: 'guest with a forged cookie', actor: { kind: 'guest' }, cookie: 'mamis=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
    {
      name: 'clerk whose session is over',
      actor: { kind: 'guest' },
      cookie: await session(owner, over.accountId, { staffId: over.staffId, hours: -1 }),
    },
    await barred('stopped clerk of 27001', { state: 'stopped' }),
    await barred('clerk of 27001 after the end of his time', { validUntil: '2026-01-31' }),
    { name: 'operations', actor: { kind: 'operations' }, cookie: (await staffLogin(owner, { associationId: null })).cookie },
    await office(27_001, 'trainingContractor'),
    await office(27_001, 'admin'),
    await office(0, 'admin'),
    ...(await Promise.all(clerks.map(async (id) => await office(id, 'clerk')))),
    {
      name: 'doctor who is nobody yet',
      actor: { kind: 'doctor', personId: stranger.personId },
      cookie: (await doctorLogin(owner, stranger.personId)).cookie,
    },
    ...doctors,
  ];
}

/** Where a form is sent: the page inside a frame is asked for by name. */
const insideFrame = new Set(['/my/applications/:id']);

type Entry = { path?: string | undefined; index?: boolean | undefined; children?: Entry[] | undefined };

/** Paths of all pages, as the build collects them. */
function pathsOf(entries: readonly Entry[], above = ''): string[] {
  return entries.flatMap((entry) => {
    const path = entry.path === undefined ? above : `${above}/${entry.path}`;
    return entry.children === undefined || entry.children.length === 0 ? [path === '' ? '/' : path] : pathsOf(entry.children, path);
  });
}

function allRoutes(): { pages: string[]; calls: string[] } {
  return { pages: [...new Set(pathsOf(routes))], calls: Object.keys(api.policies) };
}

function targetOf(one: Marked | undefined): Target {
  return one ?? absent;
}

function pathOf(route: string, one: Marked | undefined): string {
  const id = route.includes('/members') ? one?.personId : one?.caseId;
  return route.replace(':id', id ?? newId()).replace(':documentId', one?.documentId ?? newId());
}

/** Doctors are tried on their own cases and one other's; everybody else on all. */
function isWorthTrying(visitor: Visitor, target: Marked | undefined): boolean {
  if (visitor.actor.kind !== 'doctor' || target === undefined) return true;
  const place = marked.findIndex((one) => visitor.actor.kind === 'doctor' && one.personId === visitor.actor.personId);
  return place === -1 || target === marked[place] || target === marked[(place + 1) % marked.length];
}

function cellsOf(route: string, rule: { form?: true }, methods: readonly Cell['method'][]): Omit<Cell, 'verdict'>[] {
  const targets: (Marked | undefined)[] = route.includes(':') ? [...marked, undefined] : [undefined];
  return visitors.flatMap((visitor) =>
    targets
      .filter((target) => isWorthTrying(visitor, target))
      .flatMap((target) =>
        methods
          .filter((method) => method !== 'POST' || rule.form === true)
          .map((method) => ({ visitor, route, path: pathOf(route, target), method, target })),
      ),
  );
}

function allCells(): Cell[] {
  const ofPages = Object.entries(pages).flatMap(([route, rule]) =>
    cellsOf(route, rule, ['GET', 'DATA', 'POST']).map((cell) => ({
      ...cell,
      verdict: expected(rule, cell.visitor.actor, targetOf(cell.target)),
    })),
  );
  const ofCalls = Object.entries(calls).flatMap(([name, rule]) => {
    const [method = '', path = ''] = name.split(' ');
    return cellsOf(`/api/v1${path}`, { form: true }, [method === 'POST' ? 'POST' : 'GET']).map((cell) => ({
      ...cell,
      verdict: expected(rule, cell.visitor.actor, targetOf(cell.target)),
    }));
  });
  const random = new SeededRandom(7);
  const chosen = [...ofPages, ...ofCalls].filter(() => random.next() < share);
  // Who leaves is gone for all cells after it.
  const isFarewell = (cell: Cell) => cell.method === 'POST' && (cell.route === '/logout' || cell.route.endsWith('/account'));
  return [...chosen.filter((cell) => !isFarewell(cell)), ...chosen.filter(isFarewell)];
}

/** What the act needs, rightly filled in: only the permission stands in the way. */
const fields: Readonly<Record<string, string>> = {
  decidedOn: today,
  confirmed: 'on',
  licenceSeen: 'on',
  reasons: 'R04',
  reason: '01',
  message: 'ご確認ください。',
  body: '本文',
  messageBody: '本文',
  memoBody: '本文',
  confirmedFor: today,
  attention: 'on',
  intent: 'submit',
  lowestAssociationId: '27001',
  ticked: '27001',
  wishedOn: today,
  facilityUndecided: '1',
  workCode: '11',
  positionCode: '02',
};

async function ask({ visitor, route, path, method, target, verdict }: Cell): Promise<Answer | NoAnswer> {
  const headers = { Cookie: visitor.cookie, Origin: product.origin };
  if (method === 'GET') return await caller.call({ path, headers });
  if (method === 'DATA') return await caller.call({ path: path === '/' ? '/_root.data' : `${path}.data`, headers });
  // Who may act sends a version that cannot be right, so that nothing happens; everybody else sends what would work.
  const version = verdict === 'page' || verdict === 'may' ? 999_999 : (target?.version ?? 1);
  if (path.startsWith('/api/')) {
    const body = JSON.stringify({ ...fields, reasons: ['R04'], categoryId: 1, confirmed: true, licenceSeen: true });
    return await caller.call({
      method: 'POST',
      path,
      body,
      headers: { ...headers, 'Content-Type': 'application/json', 'If-Match': `"${version}"`, 'Idempotency-Key': newId() },
    });
  }
  const rightly = verdict === 'page' || verdict === 'may' ? {} : fields;
  const intent: Record<string, string> = route.endsWith('/approve') ? { intent: 'approve' } : {};
  const body = new URLSearchParams({ ...rightly, ...intent, version: String(version), idempotencyKey: newId() }).toString();
  return await caller.call({
    method: 'POST',
    path: insideFrame.has(route) ? `${path}?index` : path,
    body,
    headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
  });
}

/** Statuses that say the same to page requests, data requests and calls. */
function fits(cell: Cell, answer: Answer): boolean {
  const { status } = answer;
  const isCall = cell.path.startsWith('/api/');
  if (status >= 500) return false;
  switch (cell.verdict) {
    case 'page':
      return cell.method === 'POST' ? ![401, 403, 404].includes(status) : status === 200;
    case 'may':
      return status !== 429 && (status !== 401 || cell.visitor.actor.kind === 'guest');
    case 'login':
      return isCall
        ? status === 401
        : cell.method === 'DATA'
          ? status === 202
          : (status === 302 || status === 303) && (answer.headers.location ?? '').startsWith('/login');
    case 'forbidden':
      return status === 403;
    case 'absent':
      return status === 404;
  }
}

/** Data of people whom the visitor may not be shown, anywhere in an answer. */
function leaks(cell: Cell, answer: Answer): string[] {
  const shown = `${answer.body} ${JSON.stringify(answer.headers)}`;
  return marked
    .filter((one) => !maySeePerson(cell.visitor.actor, one) && !maySeeCase(cell.visitor.actor, one))
    .flatMap((one) =>
      one.marks
        .filter((mark) => shown.includes(mark) && !cell.path.includes(mark))
        .map((mark) => `${one.name} (${mark.length} characters)`),
    );
}

async function fingerprint(): Promise<string> {
  const { rows } = await owner.query('SELECT id, version, state FROM application ORDER BY id');
  const { rows: acts } = await owner.query('SELECT count(*)::int AS n FROM application_action');
  const { rows: notes } = await owner.query(
    'SELECT (SELECT count(*) FROM review_message)::int AS messages, (SELECT count(*) FROM office_memo)::int AS memos, (SELECT count(*) FROM membership_event)::int AS events',
  );
  return createHash('sha256')
    .update(JSON.stringify([rows, acts, notes]))
    .digest('hex');
}

describe('権限の表', () => {
  test('動いている製品のすべての画面とAPIが、表に書かれている', () => {
    const there = allRoutes();
    expect(new Set(Object.keys(pages))).toEqual(new Set(there.pages));
    expect(new Set(Object.keys(calls))).toEqual(new Set(there.calls));
  });

  test('誰が何を開いても、見せるべきものだけを見せ、見せるべきものは見せる', async () => {
    const cells = allCells();
    const before = await fingerprint();
    const wrong: string[] = [];
    await inParallel(cells, 8, async (cell) => {
      const answer = await ask(cell);
      const what = `${cell.visitor.name}: ${cell.method} ${cell.route} of ${cell.target?.name ?? '-'}`;
      if (!('body' in answer)) {
        wrong.push(`${what}: no answer (${answer.error})`);
        return;
      }
      if (!fits(cell, answer)) wrong.push(`${what}: ${cell.verdict} expected, ${answer.status} ${answer.headers.location ?? ''}`);
      for (const leak of new Set(leaks(cell, answer))) wrong.push(`${what}: LEAK of ${leak}`);
    });
    expect(wrong.slice(0, 40)).toEqual([]);
    expect(wrong.length).toBe(0);
    expect(cells.length).toBeGreaterThan(12_000 * share);
    expect(await fingerprint()).toBe(before);
    expect(await brokenInvariants(world.ownerUrl)).toEqual([]);
  }, 1_800_000);
});
