import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { defectsOf } from '#support/running-defects.ts';
import { CrashRun } from './crash-run.ts';
import { countTold } from './storm-judgement.ts';

/** P1: racing decisions while the product and its PostgreSQL are killed with -9. Nothing is lost, doubled or half done. */

const requests = Number(process.env['PROOF_P1_REQUESTS'] ?? 20_000);
const productKills = Number(process.env['PROOF_P1_PRODUCT_KILLS'] ?? 10);
const databaseKills = Number(process.env['PROOF_P1_DATABASE_KILLS'] ?? 3);
const width = Number(process.env['PROOF_P1_WIDTH'] ?? 24);
const seed = Number(process.env['PROOF_SEED'] ?? 20_260_401);

describe('嵐の中の強制終了', () => {
  let run: CrashRun;

  beforeAll(async () => {
    run = await CrashRun.open({ seed, requests, width, productKills, databaseKills });
  }, 180_000);
  afterAll(async () => {
    await run.close();
  });

  test(`${requests} 件の競り合う要求の間に、アプリを${productKills}回、データベースを${databaseKills}回、強制終了しても、何も失われず、重ならず、半端に残らず、残された仕事もすべて片付く`, async () => {
    await run.run();
    expect(run.killed).toEqual({ product: productKills, database: databaseKills });
    expect(run.ground.storm.sent).toBeGreaterThanOrEqual(requests);
    expect(await run.findings()).toEqual({ faults: [], twofold: [], miscounted: [], broken: [] });
    expect(countTold(run.ground.storm.known)).toBeGreaterThan(requests / 40);
  }, 1_800_000);
});

describe('仕込んだ欠陥', () => {
  /** Where each defect must show itself. */
  const signs: Readonly<Record<string, 'faults' | 'twofold' | 'miscounted' | 'broken'>> = {
    'crash-answer-before-commit': 'miscounted',
    'crash-news-after-commit': 'broken',
    'crash-key-forgotten': 'twofold',
    'crash-outage-is-an-error': 'faults',
  };

  test.each(defectsOf('crash'))(
    '欠陥 %s が見つかる',
    async (planted) => {
      const kills = planted === 'crash-outage-is-an-error' ? { productKills: 0, databaseKills: 1 } : { productKills: 1, databaseKills: 0 };
      const run = await CrashRun.open({ seed, requests: 200, width, ...kills, root: inject('plantedProduct'), planted });
      try {
        await run.run();
        const sign = signs[planted];
        expect(sign === undefined ? [] : (await run.findings())[sign]).not.toEqual([]);
      } finally {
        await run.close();
      }
    },
    360_000,
  );
});
