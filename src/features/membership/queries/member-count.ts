import type { Day } from '#kernel/day.ts';
import { dayInput } from '#kernel/input.ts';
import { refuse } from '#kernel/refusal.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import { query } from '#platform/command/query.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { knownAtInput } from './member-instant.ts';
import { countMembersKnownAt, countMembersOn } from '../member-count.store.server.ts';

/** 会員数 of one association on a day, the day of leaving included; nobody is named. */
export async function membersOn(tx: ReadTransaction, associationId: number, on: Day): Promise<number> {
  const [row] = await countMembersOn(tx, on, [associationId]);
  return row?.members ?? 0;
}

export const memberCountInput = z.object({
  on: dayInput('基準日', { required: false }),
  knownAt: knownAtInput('記録の時点'),
  scope: z.enum(['own', 'all']).default('own'),
});

export type MemberCounts = {
  on: Day;
  /** 記録の時点; undefined is what is recorded now. */
  knownAt: Date | undefined;
  counts: { associationId: number; associationName: string; layer: number; members: number }[];
};

/** 会員数 as of a day, as known at an instant when one is given (`rules.md 2.1, 7`): of our own association, or (日本医師会 only) of all associations. */
export const memberCount = query({
  name: 'member.count',
  input: memberCountInput,
  allow: (ctx, input) => {
    if (ctx.actor.kind !== 'office' || ctx.actor.role === 'trainingContractor') return refuse('forbidden');
    return input.scope === 'own' || ctx.actor.layer === 1 ? true : refuse('forbidden');
  },
  read: async (tx, input, ctx): Promise<MemberCounts | undefined> => {
    if (ctx.actor.kind !== 'office') return undefined;
    const on = input.on ?? ctx.today;
    const { knownAt } = input;
    const ids = input.scope === 'all' ? undefined : [ctx.actor.associationId];
    const counted = knownAt === undefined ? await countMembersOn(tx, on, ids) : await countMembersKnownAt(tx, { on, knownAt }, ids);
    const own = input.scope === 'own' && counted.length === 0 ? [{ associationId: ctx.actor.associationId, members: 0 }] : counted;
    const names = await associationsById(
      tx,
      own.map((row) => row.associationId),
      on,
    );
    return {
      on,
      knownAt,
      counts: names.map((association) => ({
        associationId: association.id,
        associationName: association.name,
        layer: association.layer,
        members: own.find((row) => row.associationId === association.id)?.members ?? 0,
      })),
    };
  },
  audit: 'nothing',
});
