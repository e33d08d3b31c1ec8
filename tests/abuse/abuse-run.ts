import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { Caller } from '#support/calls.ts';
import { doctorLogin, session, staffLogin } from '#support/logins.ts';
import type { Marked } from '#support/marked-world.ts';
import { markedCases } from '#support/marked-world.ts';
import { freePort, RunningProduct } from '#support/running-product.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import type { Visitor } from './crawl.ts';
import { furtherGround } from './further-ground.ts';
import type { Abuse } from './requests.ts';
import { typedSecret } from './values.ts';

/** Sending the requests of P11 and judging what comes back and what is left in the log. */

/** A running product over a world of marked people, with somebody of every kind logged in. */
export type Abused = {
  product: RunningProduct;
  caller: Caller;
  marked: readonly Marked[];
  visitors: readonly Visitor[];
  /** Where everybody looks besides the pages without parameters. */
  addresses: readonly string[];
  renew: () => Promise<void>;
  close: () => Promise<void>;
};

type Known = Visitor & { accountId: string; staffId: string | undefined };

async function everybody(owner: Client, marked: readonly Marked[]): Promise<Known[]> {
  const people: Known[] = [];
  for (const one of marked.filter(({ name }) => ['draft', 'submitted', 'returned', 'completed'].includes(name)))
    people.push({ ...(await doctorLogin(owner, one.personId)), name: `doctor of ${one.name}`, staffId: undefined });
  for (const associationId of [27_001, 27_000, 0, 27_002, 13_005])
    people.push({ ...(await staffLogin(owner, { associationId, role: 'admin' })), name: `office ${associationId}` });
  people.push({ ...(await staffLogin(owner, { associationId: null })), name: 'operations' });
  return people;
}

/** Somebody who has agreed to the terms and waits for his mail. */
async function newcomer(caller: Caller): Promise<Visitor> {
  const visitor: Visitor = { name: 'guest who registers', cookie: '' };
  const mail = { mail: 'newcomer@example.jp', mailRepeat: 'newcomer@example.jp' };
  for (const [path, fields] of [['/register', { agree: 'on' }] as const, ['/register/email', mail] as const]) {
    const answer = await caller.post(path, visitor, fields);
    const kept = 'headers' in answer ? (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '') : [];
    if (kept.length === 0) throw new Error(`registration did not begin: ${path} ${answer.status}`);
    visitor.cookie = kept.join('; ');
  }
  return visitor;
}

export type AbusedSpec = { root?: string; planted?: string };

/** Starts a product of its own on a fresh world. */
export async function openAbused(spec: AbusedSpec = {}): Promise<Abused> {
  const world: World = await createWorld();
  const owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
  const marked = await markedCases(world, owner);
  const people = await everybody(owner, marked);
  const further = await furtherGround(world);
  for (const doctor of further.doctors)
    people.push({ ...(await doctorLogin(owner, doctor.personId)), name: 'doctor who moves', staffId: undefined });
  const dataDir = mkdtempSync(join(tmpdir(), 'mamis-abuse-'));
  const product = new RunningProduct(await freePort(), { ...spec, dataDir, databaseUrl: world.ownerUrl });
  await product.start();
  const caller = new Caller(product.origin, 16);
  return {
    product,
    caller,
    marked,
    visitors: [{ name: 'guest', cookie: '' }, await newcomer(caller), ...people],
    addresses: [...further.addresses, ...marked.map((one) => `/my/applications/${one.caseId}/submitted`)],
    renew: async () => {
      for (const one of people) one.cookie = await session(owner, one.accountId, one.staffId === undefined ? {} : { staffId: one.staffId });
    },
    close: async () => {
      caller.close();
      await product.stop();
      await owner.end();
      await world.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** What no answer may hold: where in the program something went wrong. */
const trace = /\n\s+at \S+ \(|node_modules\/|\.tsx?:\d+:\d+/;

/** Papers are drawn a few at a time: who comes while all places are taken is asked to come again. */
const drawn = /\/(print\.pdf|preview|pages\/:page)$/;

async function faultOf({ caller }: Abused, abuse: Abuse, timeoutMs: number): Promise<string | undefined> {
  const ask = async () => await caller.call({ ...abuse.call, timeoutMs });
  const first = await ask();
  // A kept connection may be closed just when it is used again; what really brings the product down does so twice.
  const answer = 'error' in first && first.error === 'socket hang up' ? await ask() : first;
  const what = `${abuse.visitor.name}: ${abuse.call.method ?? 'GET'} ${abuse.route}, ${abuse.what}`;
  if (!('body' in answer)) return abuse.mayBreak && answer.error !== 'timeout' ? undefined : `${what}: no answer (${answer.error})`;
  if (answer.status === 503 && drawn.test(abuse.route)) return undefined;
  if (answer.status >= 500) return `${what}: ${answer.status}`;
  return trace.test(answer.body) ? `${what}: ${answer.status} with a place in the program` : undefined;
}

export type AbuseLimits = {
  timeoutMs?: number;
  /** Asked after every fault and every hundred requests; what was sought has been found. */
  enough?: (faults: readonly string[]) => boolean;
};

/** Sends them, sixteen at a time; who has been logged out comes back soon. */
export async function abuseAll(
  abused: Abused,
  abuses: Iterator<Abuse>,
  { timeoutMs = 30_000, enough = () => false }: AbuseLimits = {},
): Promise<{ sent: number; faults: string[] }> {
  const faults: string[] = [];
  let sent = 0;
  let ended = false;
  const sender = async () => {
    for (let next = abuses.next(); next.done !== true && !ended; next = abuses.next()) {
      sent += 1;
      if (sent % 250 === 0) await abused.renew();
      const fault = await faultOf(abused, next.value, timeoutMs);
      if (fault !== undefined) faults.push(fault);
      if (fault !== undefined || sent % 100 === 0) ended ||= enough(faults);
    }
  };
  await Promise.all(Array.from({ length: 16 }, sender));
  return { sent, faults };
}

/** Lines of the log that must not be there: warnings and errors, and whatever holds what people are called or typed. */
export function logFaults({ product, marked }: Abused): string[] {
  const texts = [typedSecret, ...marked.flatMap((one) => one.marks)].filter((mark) => !/^[0-9a-f-]{36}$/.test(mark));
  const leaks = texts.filter((text) => product.said.includes(text) || product.said.includes(encodeURIComponent(text)));
  const odd = product.said
    .split('\n')
    .filter((line) => line.startsWith('{') && !line.includes('"level":"info"'))
    .concat(product.said.split('\n').filter((line) => /^\s+at /.test(line)));
  return [...new Set(leaks.map((text) => `a text of ${text.length} characters of somebody`)), ...odd];
}
