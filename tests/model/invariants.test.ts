import { readdirSync, readFileSync } from 'node:fs';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { caseMix } from '#support/case-mix.ts';
import { brokenIn, invariants } from '#support/invariants.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { openLane } from './driver/lane.ts';
import { newPlay, playOn } from './driver/play.ts';
import { scripts } from './driver/scripts.ts';

/** P4: the statements hold on a world made by the commands, and each of them reports its own planted defect. */

const directory = new URL('defects/invariants/', import.meta.url);
const defects = readdirSync(directory).filter((name) => name.endsWith('.sql'));
let world: World;
let owner: Client;

beforeAll(async () => {
  world = await createWorld();
  await caseMix(world);
  const lane = await openLane(async () => world);
  for (const script of Object.values(scripts)) await playOn(await newPlay(lane), script.steps);
  await lane.owner.end();
  owner = new Client({ connectionString: world.ownerUrl });
  await owner.connect();
}, 240_000);
afterAll(async () => {
  await owner.end();
  await world.close();
});

describe('台帳と届の不変条件', () => {
  test('コマンドだけで作った届と台帳では、すべて成り立つ', async () => {
    expect(await brokenIn(owner)).toEqual([]);
  });

  test('不変条件ごとに、それを破る欠陥が用意されている', () => {
    const covered = new Set(defects.map((name) => name.split('.')[0]));
    expect(invariants.map((one) => one.id).filter((id) => !covered.has(id))).toEqual([]);
  });

  test.each(defects)('欠陥 %s が見つかる', async (name) => {
    await owner.query('BEGIN');
    try {
      await owner.query(readFileSync(new URL(name, directory), 'utf8'));
      const broken = await brokenIn(owner);
      expect(broken.map((one) => one.id)).toContain(name.split('.')[0]);
    } finally {
      await owner.query('ROLLBACK');
    }
  });
});
