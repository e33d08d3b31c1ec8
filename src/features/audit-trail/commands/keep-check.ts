import type { Day } from '#kernel/day.ts';
import { isDay } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import type { Context } from '#platform/context.ts';
import { command } from '#platform/command/command.ts';
import { z } from 'zod';
import { countFoundSince, insertRound, keepChecks, lastRound } from '../check.store.server.ts';

/** What a verification of 操作履歴 has found (`rules.md 8.1`, `screens.md O-18`); only jobs and the operator write it. */

const place = z.object({ seq: z.number().int(), hash: z.string().regex(/^(?:[0-9a-f]{2})*$/) });
const check = z.object({
  chain: z.number().int(),
  end: place,
  swept: place,
  finished: z.boolean(),
  findings: z.array(z.string().max(400)).max(200),
});

const systemOnly = ({ actor }: Context) => (actor.kind === 'system' ? true : refuse('forbidden'));
const locks = async () => await Promise.resolve([{ kind: 'key' as const, id: 'audit-check' }]);

/** Keeps how far some chains have been verified and what was found in them. */
export const keepChainChecks = command({
  name: 'audit.keepChainChecks',
  input: z.object({ whole: z.boolean(), covered: z.boolean(), checks: z.array(check).max(500) }),
  locks,
  load: async () => await Promise.resolve({}),
  allow: systemOnly,
  decide: () => accepted(true),
  save: async (tx, { ctx, input: { checks, whole, covered } }) => {
    await keepChecks(tx, checks, { at: ctx.now, whole, covered });
    const found = checks.filter((one) => one.findings.length > 0).map((one) => one.chain);
    return { value: undefined, audit: { action: 'audit.keepChainChecks', detail: { chains: checks.length, found } }, events: [] };
  },
});

/** Ends a verification; what it found for the first time is told to 運営事務局. */
export const endCheck = command({
  name: 'audit.endCheck',
  input: z.object({
    whole: z.boolean(),
    chains: z.number().int(),
    rows: z.number().int(),
    problems: z.array(z.string().max(400)).max(200),
    coveredUntil: z.custom<Day>(isDay).optional(),
  }),
  locks,
  load: async (tx) => {
    const before = await lastRound(tx);
    return { before, found: await countFoundSince(tx, before?.at) };
  },
  allow: systemOnly,
  decide: (_ctx, { before, found }, { problems }) =>
    accepted({ found, tell: found > 0 || problems.some((problem) => before?.problems.includes(problem) !== true) }),
  save: async (tx, { ctx, input, decision: { found, tell } }) => {
    const id = newId();
    await insertRound(tx, { id, at: ctx.now, coveredUntil: undefined, ...input });
    return {
      value: { found, told: tell },
      audit: {
        action: 'audit.endCheck',
        target: id,
        detail: { chains: input.chains, rows: input.rows, found, problems: input.problems.length },
      },
      events: tell ? [{ kind: 'audit.mismatchFound', payload: { checkId: id, chains: found } }] : [],
    };
  },
});
