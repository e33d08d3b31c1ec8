import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { issueCertificate } from '#features/certificate/commands/issue.ts';
import { certificate } from '#features/certificate/queries/certificate.ts';
import { addAccount } from '#features/identity/commands/create-account.ts';
import { newId } from '#kernel/id.ts';
import { must, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { hashPassword } from '#platform/password/password.ts';
import type { Answer, Caller } from '#support/calls.ts';
import { approveUpTo, filed, kita } from '#support/case-mix.ts';
import type { RunningProduct } from '#support/running-product.ts';
import type { World } from '#support/world.ts';

/** P19: asking the doors of the running product as somebody who wants to know who has a login, and reading what they give away. */

const password = 'Kx7!mWq2zz';
const birthOn = '1980-04-01';
const factorOf = (n: number) => `known-factor-${n}`;
/** Tries of each side; more would only cost time. */
export const pairs = 6;
/** Accounts that a stuffing run goes for. */
export const attacked = 4;

export type Known = {
  loginIds: string[];
  mails: string[];
  licences: string[];
  birthOn: string;
  /** Login IDs of people who have died; their passwords are right. */
  dead: string[];
  /** A 在籍証明書 that there is. */
  certificate: string;
};

async function person(
  world: World,
  owner: Client,
  spec: { loginId: string; passwordHash: string; mail: string },
): Promise<{ accountId: string; licence: string }> {
  const account = { ...spec, kind: 'doctor', displayName: '日医 太郎' };
  const { accountId } = must(await run(addAccount, world.as(system), account));
  const { personId } = await world.doctor({ accountId, mail: spec.mail, birthOn });
  const { rows } = await owner.query<{ number: string }>('SELECT number FROM person_licence WHERE person_id = $1', [personId]);
  return { accountId, licence: rows[0]?.number ?? '' };
}

/** A member with a 在籍証明書. */
async function issued(world: World): Promise<string> {
  const member = await filed(world, kita, undefined, '2026-01-10');
  await approveUpTo(world, member, 3, '2026-01-10');
  const ctx = world.as(member.doctor);
  const wish = { associationId: String(kita), baseOn: '2026/01/15', contents: [], nameForm: 'current', purpose: '' };
  const { id } = must(await run(issueCertificate, ctx, wish, newId()));
  return must(await ask(certificate, ctx, { id })).number;
}

/** Doctors with logins, every second one with a second factor; a secret that opens nothing is enough to be asked for codes. */
export async function people(world: World, owner: Client): Promise<Known> {
  const passwordHash = must(await hashPassword(password));
  const known: Known = { loginIds: [], mails: [], licences: [], birthOn, dead: [], certificate: await issued(world) };
  for (let n = 0; n < pairs * 3 + 4 + attacked * 2; n += 1) {
    const [loginId, mail] = [n % 2 === 0 ? `known-doctor-${n}` : factorOf(n), `known${n}@example.jp`];
    const { accountId, licence } = await person(world, owner, { loginId, passwordHash, mail });
    if (n % 2 === 1)
      await owner.query('INSERT INTO second_factor (account_id, secret, created_at, confirmed_at) VALUES ($1, $2, now(), now())', [
        accountId,
        Buffer.from('opens nothing'),
      ]);
    known.loginIds.push(loginId);
    known.mails.push(mail);
    known.licences.push(licence);
  }
  for (let n = 0; n < pairs; n += 1) {
    const loginId = `known-dead-${n}`;
    const { accountId } = await person(world, owner, { loginId, passwordHash, mail: `dead${n}@example.jp` });
    await owner.query("UPDATE person SET died_on = '2026-01-10' WHERE account_id = $1", [accountId]);
    known.dead.push(loginId);
  }
  return known;
}

let addresses = 0;

/** Somebody at an address of his own, with the cookies that a page gave him. */
export class Stranger {
  readonly #caller: Caller;
  readonly #address: string;
  #cookie = '';

  constructor(product: RunningProduct, caller: Caller) {
    this.#caller = caller;
    addresses += 1;
    this.#address = `198.51.${Math.floor(addresses / 200)}.${1 + (addresses % 200)}`;
    if (!product.alive) throw new Error('the product does not run');
  }

  async post(path: string, fields: Record<string, string>): Promise<Answer> {
    const answer = await this.#caller.call({
      method: 'POST',
      path,
      headers: {
        Cookie: this.#cookie,
        Origin: this.#caller.origin,
        'Sec-Fetch-Site': 'same-origin',
        'Content-Type': 'application/x-www-form-urlencoded',
        'X-Forwarded-For': this.#address,
      },
      body: new URLSearchParams(fields).toString(),
    });
    if (!('body' in answer)) throw new Error(`${path} gave no answer: ${answer.error}`);
    const set = (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0] ?? '');
    if (set.length > 0) this.#cookie = set.join('; ');
    return answer;
  }

  async logIn(loginId: string, given = password): Promise<Answer> {
    return await this.post('/login', { loginId, password: given });
  }
}

/** What an answer says, without what differs between any two answers and without what was typed. */
function said(answer: Answer, typed: readonly string[]): string {
  const body = typed.reduce((text, word) => text.replaceAll(word, '#'), answer.body);
  const kept = ['content-type', 'location', 'cache-control', 'retry-after'].map((name) => `${name}: ${String(answer.headers[name] ?? '')}`);
  const cookies = (answer.headers['set-cookie'] ?? []).map((line) => line.replace(/=[^;]*/, '=#'));
  return [
    answer.status,
    ...kept,
    ...cookies,
    body.replaceAll(/nonce="[^"]*"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '#'),
  ].join('\n');
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

export type Compared = {
  /** Different answers that the two sides gave; one when they are alike. */
  answers: number;
  /** How much longer the slower side took, by medians of one run. */
  ratio: number;
};

type Ask = (one: string) => Promise<{ answer: Answer; typed: readonly string[] }>;

/** Asks about known and unknown in turn, so that whatever else the machine does meets both. */
export async function compare(known: readonly string[], unknown: readonly string[], ask: Ask): Promise<Compared> {
  const answers = new Set<string>();
  const times: [number[], number[]] = [[], []];
  for (const [n, one] of known.entries())
    for (const [side, word] of [
      [0, one],
      [1, unknown[n] ?? ''],
    ] as const) {
      const { answer, typed } = await ask(word);
      answers.add(said(answer, typed));
      times[side].push(answer.ms);
    }
  const [a, b] = [median(times[0]), median(times[1])];
  return { answers: answers.size, ratio: Math.max(a, b) / Math.max(1, Math.min(a, b)) };
}

/** Seconds that failed tries in a row have to wait, each tried the moment the one before allows it. */
export async function waits(attempt: () => Promise<Answer>, rounds: number): Promise<number[]> {
  const found: number[] = [];
  while (found.length < rounds) {
    const answer = await attempt();
    if (answer.status !== 429) continue;
    const seconds = Number(answer.headers['retry-after']);
    found.push(seconds);
    await pause(seconds * 1000 + 50);
  }
  return found;
}

/** Passwords of other sites' lists. */
const stolen = ['Summer2024!', 'Doctor2025@', 'P@ssw0rd1', 'Nihon1234#', 'Welcome1!'];

export type Stuffed = { statuses: Record<number, number>; ownersIn: number };

/**
 * Stuffing: stolen pairs from a pool of addresses, for IDs that there are and IDs that there are not, all at once; half way through the
 * owners come with their own password on a device that they have used before.
 */
export async function stuff(make: () => Stranger, about: { ids: readonly string[]; tries: number }): Promise<Stuffed> {
  const owners = about.ids.map((loginId) => ({ loginId, device: make() }));
  const statuses: Record<number, number> = {};
  const pool = Array.from({ length: 50 }, make);
  for (const owner of owners) await owner.device.logIn(owner.loginId);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let n = next++; n < about.tries; n = next++) {
      const loginId = n % 3 === 0 ? (about.ids[(n / 3) % about.ids.length] ?? '') : `stolen-${n}`;
      const from = pool[n % pool.length] ?? make();
      const { status } = await from.logIn(loginId, stolen[n % stolen.length] ?? '');
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  const coming = async ({ loginId, device }: (typeof owners)[number]): Promise<boolean> => {
    while (next < about.tries / 2) await pause(20);
    for (let tries = 0; tries < 50; tries += 1) {
      const { status } = await device.logIn(loginId);
      if (status === 303) return true;
      // Too many passwords are being looked at right now: anybody may try again.
      if (status !== 503) return false;
      await pause(100);
    }
    return false;
  };
  const [ins] = await Promise.all([Promise.all(owners.map(coming)), ...Array.from({ length: 24 }, worker)]);
  return { statuses, ownersIn: ins.filter(Boolean).length };
}
