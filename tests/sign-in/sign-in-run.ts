import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { addAccount } from '#features/identity/commands/create-account.ts';
import { must, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { hashPassword } from '#platform/password/password.ts';
import type { Answer, Caller } from '#support/calls.ts';
import type { RunningProduct } from '#support/running-product.ts';
import type { World } from '#support/world.ts';

/** P19: asking the doors of the running product as somebody who wants to know who has a login, and reading what they give away. */

const password = 'Kx7!mWq2zz';
const factorOf = (n: number) => `known-factor-${n}`;
/** Tries of each side; more would only cost time. */
export const pairs = 6;

export type Known = { loginIds: string[]; mails: string[]; birthOn: string };

/** Doctors with logins, every second one with a second factor; a secret that opens nothing is enough to be asked for codes. */
export async function people(world: World, owner: Client): Promise<Known> {
  const passwordHash = must(await hashPassword(password));
  const known: Known = { loginIds: [], mails: [], birthOn: '1980-04-01' };
  for (let n = 0; n < pairs * 3 + 4; n += 1) {
    const [loginId, mail] = [n % 2 === 0 ? `known-doctor-${n}` : factorOf(n), `known${n}@example.jp`];
    const spec = { loginId, passwordHash, kind: 'doctor', displayName: '日医 太郎', mail };
    const { accountId } = must(await run(addAccount, world.as(system), spec));
    await world.doctor({ accountId, mail, birthOn: known.birthOn });
    if (n % 2 === 1)
      await owner.query('INSERT INTO second_factor (account_id, secret, created_at, confirmed_at) VALUES ($1, $2, now(), now())', [
        accountId,
        Buffer.from('opens nothing'),
      ]);
    known.loginIds.push(loginId);
    known.mails.push(mail);
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
