import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { brokenInvariants } from '#support/invariants.ts';
import { defectsOf } from '#support/running-defects.ts';
import { allRoutes } from '#support/routes.ts';
import type { Abused } from './abuse-run.ts';
import { abuseAll, logFaults, openAbused } from './abuse-run.ts';
import { crawl } from './crawl.ts';
import { rawRequests, sayRaw } from './raw.ts';
import type { Abuse } from './requests.ts';
import { AbuseMaker } from './requests.ts';
import { describedCalls } from './schema.ts';

/** P11: bad input to every registered page and call. No answer of 500 or more, none missing, nothing lost, nothing told in the log. */

const requests = Number(process.env['PROOF_P11_REQUESTS'] ?? 20_000);
const seed = Number(process.env['PROOF_SEED'] ?? 20_260_411);

async function makerFor(abused: Abused, pages?: readonly string[]): Promise<{ maker: AbuseMaker; unseen: string[] }> {
  const { surfaces, unseen } = await crawl(abused.caller, abused.visitors, {
    pages,
    addresses: pages === undefined ? abused.addresses : [],
  });
  const ground = { origin: abused.product.origin, surfaces, calls: describedCalls(), visitors: abused.visitors };
  return { maker: new AbuseMaker(ground, seed), unseen };
}

/** Each value in each field, thinned out evenly where that would be more than half of all; the rest at random. */
function* mixed(maker: AbuseMaker): Generator<Abuse> {
  const each = [...maker.systematic()];
  const step = Math.max(1, each.length / (requests / 2));
  let sent = 0;
  for (let place = 0; place < each.length; place += step, sent += 1) {
    const one = each[Math.floor(place)];
    if (one !== undefined) yield one;
  }
  for (; sent < requests; sent += 1) yield maker.any();
}

describe('不正な入力', () => {
  let abused: Abused;

  beforeAll(async () => {
    abused = await openAbused();
  }, 180_000);
  afterAll(async () => {
    await abused.close();
  }, 60_000);

  test(`登録されたすべての画面とAPIへの ${requests} 件に、500番台も、返らない答えも、記録への漏れもない`, async () => {
    const { maker, unseen } = await makerFor(abused);
    const { sent, faults } = await abuseAll(abused, mixed(maker));
    expect(faults.slice(0, 30)).toEqual([]);
    expect(logFaults(abused).slice(0, 30)).toEqual([]);
    expect(sent).toBeGreaterThanOrEqual(requests);
    // Abuse of what nobody is shown would prove little.
    expect(unseen.length / allRoutes().pages.length, unseen.join()).toBeLessThan(0.2);
  }, 1_800_000);

  test.each(rawRequests)(
    '素の接続: $what',
    async (request) => {
      const heard = await sayRaw(abused.product.port, request, 20_000);
      expect(heard, 'the connection was left open without an answer').toBeDefined();
      expect(heard).not.toMatch(/HTTP\/1\.1 5\d\d/);
    },
    30_000,
  );

  test('そのあとも製品は健やかで、記録に異常がなく、不変条件が成り立つ', async () => {
    expect(abused.product.alive).toBe(true);
    expect((await abused.caller.call({ path: '/healthz' })).status).toBe(200);
    expect(logFaults(abused)).toEqual([]);
    expect(await brokenInvariants(abused.product.ownerUrl)).toEqual([]);
  });
});

describe('仕込んだ欠陥', () => {
  const signs: Readonly<Record<string, RegExp>> = {
    'abuse-throws': /\/office\/applications, parameter \w+ \w+=9999-12-31: 500/,
    'abuse-hangs': /\/login, field \w+: no answer \(timeout\)/,
    'abuse-log-quotes': /a text of \d+ characters of somebody/,
  };

  test.each(defectsOf('abuse'))(
    '欠陥 %s が見つかる',
    async (planted) => {
      const abused = await openAbused({ root: inject('plantedProduct'), planted });
      try {
        const { maker } = await makerFor(abused, ['/office/applications', '/login']);
        const some = [...maker.systematic()].filter(({ route }) => !route.startsWith('/api/'));
        const sign = signs[planted] ?? /no sign is named/;
        const enough = (found: readonly string[]) => sign.test([...found, ...logFaults(abused)].join('\n'));
        const { faults } = await abuseAll(abused, some[Symbol.iterator](), { timeoutMs: 3_000, enough });
        expect([...faults, ...logFaults(abused)].join('\n')).toMatch(sign);
      } finally {
        await abused.close();
      }
    },
    300_000,
  );
});
