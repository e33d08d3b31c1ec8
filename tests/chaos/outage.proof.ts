import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { kita } from '#support/case-mix.ts';
import type { Answer, NoAnswer } from '#support/calls.ts';
import { staffLogin } from '#support/logins.ts';
import { defectsOf } from '#support/running-defects.ts';
import type { OutageRun } from './outage-run.ts';
import { openOutage, wellAgain } from './outage-run.ts';

/** P9: the database gone, the product restarted, too many and too slow callers: people wait a little, and nothing is lost. */

const requests = Number(process.env['PROOF_P9_REQUESTS'] ?? 500);
const outages = Number(process.env['PROOF_P9_OUTAGES'] ?? 1);
const restarts = Number(process.env['PROOF_P9_RESTARTS'] ?? 2);
const crowd = Number(process.env['PROOF_P9_CROWD'] ?? 400);
const slow = Number(process.env['PROOF_P9_SLOW'] ?? 150);
const seed = Number(process.env['PROOF_SEED'] ?? 20_260_409);
const size = { seed, requests, width: 24, connections: 12 };
const clean = { faults: [], twofold: [], miscounted: [], broken: [] };

async function clerkOf(run: OutageRun): Promise<string> {
  return await run.ground.asOwner(async (client: Client) => (await staffLogin(client, { associationId: kita })).cookie);
}

/** What people may be told when there is too much or too little: a page, or to come again. */
function unfit(answers: readonly (Answer | NoAnswer)[]): string[] {
  const wrong = answers.filter(
    (answer) =>
      !('headers' in answer) || !(answer.status === 200 || (answer.status === 503 && answer.headers['retry-after'] !== undefined)),
  );
  return [...new Set(wrong.map((answer) => `${answer.status} ${'error' in answer ? answer.error : ''}`))];
}

/** The wire is cut while everybody decides: those who look are asked to wait, and soon all goes on. */
async function cutAndJoin(run: OutageRun, cookie: string): Promise<void> {
  await run.wire.cut();
  const looks = await Promise.all(
    Array.from({ length: 20 }, async () => await run.caller.call({ path: '/office/applications', headers: { Cookie: cookie } })),
  );
  await sleep(1_000);
  const well = await run.caller.call({ path: '/healthz' });
  await run.wire.join();
  expect(looks.map((look) => look.status)).toEqual(looks.map(() => 503));
  expect(unfit(looks)).toEqual([]);
  expect(well.status).toBe(503);
  await wellAgain(run, 5_000);
}

async function restart({ product }: OutageRun): Promise<void> {
  await product.stop();
  await product.start();
}

function times(count: number, deed: () => Promise<void>): (() => Promise<void>)[] {
  return Array.from({ length: count }, () => deed);
}

/** Somebody who never gets to the end of his first line; resolves when the server has hung up. */
async function dawdle(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  const over = new Promise<void>((resolve) => {
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
  });
  socket.resume();
  socket.write('GET /login HTTP/1.1\r\nHost: x\r\n');
  const more = setInterval(() => socket.write('X-Wait: 1\r\n'), 1_000);
  await over;
  clearInterval(more);
}

describe('止まるもの・多すぎるもの・遅いもの', () => {
  let run: OutageRun;
  beforeEach(async () => {
    run = await openOutage(size);
  }, 120_000);
  afterEach(async () => {
    await run.close();
  }, 60_000);

  test(`負荷の中でデータベースが${outages}回届かなくなっても、終わらず、503で待ってもらい、戻れば5秒以内に続き、何も失われない`, async () => {
    const cookie = await clerkOf(run);
    await run.storm(times(outages, async () => await cutAndJoin(run, cookie)));
    expect(await run.findings()).toEqual(clean);
  }, 600_000);

  test(`負荷の中で製品を${restarts}回再起動しても、答えは途切れず、503のほかに500番台はなく、操作は失われず重ならない`, async () => {
    await run.storm(times(restarts, async () => await restart(run)));
    expect(run.ground.storm.retries).toBeGreaterThan(0);
    expect(run.ground.storm.brokenOff).toEqual([]);
    expect(await run.findings()).toEqual(clean);
  }, 600_000);

  test(`${crowd} 人が一度に開いても、ページか待つお願いのどちらかを受け取り、そのあと製品は健やか`, async () => {
    const cookie = await clerkOf(run);
    const open = async () => await run.caller.call({ path: '/office/applications', headers: { Cookie: cookie }, timeoutMs: 60_000 });
    expect(unfit(await Promise.all(Array.from({ length: crowd }, open)))).toEqual([]);
    await wellAgain(run, 10_000);
    expect((await open()).status).toBe(200);
  }, 120_000);

  test(`行を終えない ${slow} 本の接続は切られ、そのあいだもほかの人は待たされない`, async () => {
    const slowOnes = Array.from({ length: slow }, async () => await dawdle(run.product.port));
    const answers: (Answer | NoAnswer)[] = [];
    for (let n = 0; n < 50; n += 1) answers.push(await run.caller.call({ path: '/login' }));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    await Promise.all(slowOnes);
    expect((await run.caller.call({ path: '/healthz' })).status).toBe(200);
  }, 60_000);
});

describe('仕込んだ欠陥', () => {
  test.each(defectsOf('outage'))(
    '欠陥 %s が見つかる',
    async (planted) => {
      const run = await openOutage({ ...size, requests: 200, root: inject('plantedProduct'), planted });
      try {
        const cookie = await clerkOf(run);
        const deed = planted === 'outage-cuts-off' ? async () => await restart(run) : async () => await cutAndJoin(run, cookie);
        const outcome = await run.storm([deed]).then(
          () => run.ground.storm.brokenOff.join(),
          (error: unknown) => String(error),
        );
        expect(outcome).toMatch(planted === 'outage-cuts-off' ? /socket hang up|ECONNRESET/ : /the product ended by itself/);
      } finally {
        await run.close();
      }
    },
    120_000,
  );
});
