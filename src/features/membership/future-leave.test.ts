import { afterAll, beforeAll, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import { must, system } from '#main/demo/acting.ts';
import { run } from '#platform/command/command.ts';
import { readTransaction, writeTransaction } from '#platform/db/transaction.ts';
import type { World } from '#support/world.ts';
import { createWorld } from '#support/world.ts';
import { importHistory } from './commands/import-history.ts';
import { recordInLedger } from './commands/record.ts';
import { badgeOf } from './queries/badge.ts';
import { membersOn } from './queries/member-count.ts';
import { affiliationsOf } from './queries/standing.ts';

const chain = [27_001, 27_000, 0];
let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(async () => {
  await world.close();
});

test('G§9: 2025年10月1日に承認された2026年3月31日付の退会は、2025年12月1日の会員数にすべての層で数えられる', async () => {
  const doctor = await world.doctor();
  const { rows } = await world.database.system.query<{ association_id: number; id: number }>(
    "SELECT association_id, id FROM member_category WHERE code = 'A1' AND association_id = ANY ($1)",
    [chain],
  );
  const categories = new Map(rows.map((row) => [row.association_id, row.id]));
  const entries = chain.map((associationId) => ({
    associationId,
    kind: 'joined',
    effectiveOn: '2010-04-01',
    categoryId: categories.get(associationId) ?? 0,
    facilityId: null,
    reason: '',
  }));
  const affiliation = { lowestAssociationId: 27_001, facilityId: null, workCode: '11', positionCode: '02', designations: [], entries };
  must(await run(importHistory, world.as(system), { personId: doctor.personId, affiliations: [affiliation] }));
  const count = async (on: string) => {
    const ctx = world.as(system, new Date(`${on}T12:00:00+09:00`));
    return await readTransaction(ctx, async (tx) => {
      const counts: number[] = [];
      for (const associationId of chain) counts.push(await membersOn(tx, associationId, ctx.today));
      return { counts, badge: (await badgeOf(tx, doctor.personId, ctx.today)).association };
    });
  };
  const member = { counts: [1, 1, 1], badge: '日本医師会' };
  expect(await count('2025-12-01')).toEqual(member);

  const approving = world.as(system, new Date('2025-10-01T12:00:00+09:00'));
  await writeTransaction(approving, async (tx) => {
    const [carrying] = await affiliationsOf(tx, doctor.personId);
    if (carrying === undefined) throw new Error('no affiliation');
    await recordInLedger(
      tx,
      approving,
      chain.map((associationId) => ({
        personId: doctor.personId,
        associationId,
        affiliationId: carrying.id,
        kind: 'left' as const,
        effectiveOn: day('2026-03-31'),
        reason: '廃業・退職',
        recordedAt: approving.now,
      })),
    );
    return { value: undefined, commit: true };
  });
  expect(await count('2025-12-01')).toEqual(member);
  expect(await count('2026-03-31')).toEqual(member);
  expect(await count('2026-04-01')).toEqual({ counts: [0, 0, 0], badge: '医師会未加入' });
});
