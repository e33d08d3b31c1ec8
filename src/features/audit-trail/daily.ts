import type { KeyObject } from 'node:crypto';
import type { Outcome } from '#kernel/refusal.ts';
import { isDay } from '#kernel/day.ts';
import type { AuditReport } from '#platform/audit/verify.ts';
import { inSnapshot } from '#platform/audit/verify.ts';
import type { ChainProgress } from '#platform/audit/verify-onwards.ts';
import { beginNight, checkChainOnwards } from '#platform/audit/verify-onwards.ts';
import { chainStart } from '#platform/audit/verify-chains.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import { endCheck, keepChainChecks } from './commands/keep-check.ts';
import { verifiedPlaces } from './queries/check.ts';

/** The verification of every night (`screens.md O-18`). Safe to repeat: it goes on from what was kept. */

/** Where the digests are, and the key that signs them. */
export type DigestPlace = { digestDir: string; publicKey: KeyObject };

/** Results are kept so many at a time. */
const portion = 100;

function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new JobError(`a verification was not kept: ${outcome.refusal.code}`);
  return outcome.value;
}

/**
 * Verifies every chain of 操作履歴 onwards and keeps what was found; `told` says whether 運営事務局 hears of something new.
 * @throws JobError when the result could not be kept
 */
export async function checkAudit(ctx: Context, place: DigestPlace): Promise<{ told: boolean; rows: number }> {
  const pool = ctx.database.system;
  const places = await verifiedPlaces(ctx);
  const chainsKnown = places.map((one) => one.chain);
  const night = await inSnapshot(pool, async (db) => await beginNight(db, { ...place, now: ctx.now }, chainsKnown));
  const known = new Map(places.map((one) => [one.chain, one]));
  const covered = night.problems.length === 0;
  let rows = 0;
  let waiting: ChainProgress[] = [];
  const keep = async (): Promise<void> => {
    must(await run(keepChainChecks, ctx, { whole: false, covered, checks: waiting }));
    waiting = [];
  };
  for (const chain of night.chains) {
    const of = { chain, from: known.get(chain), name: night.names.get(chain) };
    const progress = await inSnapshot(pool, async (db) => await checkChainOnwards(db, of));
    rows += progress.rows;
    waiting.push({ ...progress, findings: [...progress.findings, ...(night.against.get(chain) ?? [])] });
    if (waiting.length === portion) await keep();
  }
  await keep();
  const { problems, coveredUntil, chains } = night;
  return { rows, ...must(await run(endCheck, ctx, { whole: false, chains: chains.length, rows, problems, coveredUntil })) };
}

/** Keeps what `audit verify` has found in all records: it alone takes back a mismatch that was found before. */
export async function keepReport(ctx: Context, report: AuditReport): Promise<void> {
  const { chains, problems, rows, coveredUntil } = report;
  const covered = problems.length === 0;
  for (let from = 0; from < chains.length; from += portion) {
    const checks = chains.slice(from, from + portion).map(({ chain, end, traces, findings }) => ({
      chain,
      end,
      swept: chainStart,
      finished: true,
      findings: traces.length === 0 ? [] : [...findings],
    }));
    must(await run(keepChainChecks, ctx, { whole: true, covered, checks }));
  }
  const until = isDay(coveredUntil) ? coveredUntil : undefined;
  must(await run(endCheck, ctx, { whole: true, chains: chains.length, rows, problems, coveredUntil: until }));
}
