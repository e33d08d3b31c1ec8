import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import type { Measured } from './load.ts';

/** The table of one run. */

export type Rounds = { ours: Measured[]; bare: Measured[]; small: Measured[] };

export type Line = { title: string; goal: number; rounds: Rounds };

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** The median of what each round says, so that a disturbed round does not decide. */
function ratio(above: readonly number[], below: readonly number[]): number {
  return median(above.map((value, index) => value / (below[index] ?? Number.NaN)));
}

const speeds = (rounds: readonly Measured[]) => rounds.map((one) => one.perSecond);
const p95s = (rounds: readonly Measured[]) => rounds.map((one) => one.p95);

export function shareOf({ ours, bare }: Rounds): number {
  return ratio(speeds(ours), speeds(bare));
}

export function growthOf({ ours, small }: Rounds): number {
  return small.length === 0 ? Number.NaN : ratio(p95s(ours), p95s(small));
}

function row(line: Line): string {
  const { ours, bare, small } = line.rounds;
  const share = shareOf(line.rounds);
  const growth = growthOf(line.rounds);
  const failed = [...ours, ...bare, ...small].reduce((sum, one) => sum + one.failed, 0);
  const ms = (value: number) => value.toFixed(1);
  return `| ${[
    line.title,
    median(speeds(ours)).toFixed(0),
    median(speeds(bare)).toFixed(0),
    `${(share * 100).toFixed(0)} %`,
    `≥ ${line.goal * 100} % ${share >= line.goal ? '✓' : '✗'}`,
    ms(median(ours.map((one) => one.p50))),
    ms(median(p95s(ours))),
    ms(median(p95s(bare))),
    Number.isNaN(growth) ? '–' : `${growth.toFixed(2)} ${growth <= 1.3 ? '✓' : '✗'}`,
    String(failed),
  ].join(' | ')} |`;
}

export type About = { users: number; seconds: number; rounds: number; large: number; small: number; database: string };

/** Writes `bench/RESULTS.md`: facts of the run, the table, and what we know of the limits (`bench/LIMITS.md`). */
export async function writeReport(lines: readonly Line[], about: About): Promise<string> {
  const cpu = cpus()[0]?.model ?? 'unknown';
  const table = [
    '# Measured',
    '',
    `${new Date().toISOString().slice(0, 10)} · ${cpus().length} × ${cpu} · ${Math.round(totalmem() / 2 ** 30)} GB · Node ${process.version} · PostgreSQL ${about.database}`,
    '',
    `${about.users} users in a closed loop, ${about.rounds} alternating rounds of ${about.seconds} s each, medians; ${about.large} doctors, growth against ${about.small}. Server, load and database share the machine. ` +
      'Ours: session, policy, row-level security, read audit. Bare: Hono and pg (pages: React Router, approvals: one transaction) with the same SQL and nothing around it.',
    '',
    '| what | ours /s | bare /s | share | goal | ours p50 ms | ours p95 ms | bare p95 ms | p95 growth (≤ 1.3) | failed |',
    '| --- | --: | --: | --: | --- | --: | --: | --: | --- | --: |',
    ...lines.map(row),
    '',
  ].join('\n');
  const limits = await readFile(new URL('LIMITS.md', import.meta.url), 'utf8');
  await writeFile(new URL('RESULTS.md', import.meta.url), `${table}\n${limits}`);
  return table;
}
