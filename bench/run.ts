import { newId } from '#kernel/id.ts';
import { Client } from 'pg';
import type { BareDecision } from './bare-approval.ts';
import type { Child } from './child.ts';
import { startChild } from './child.ts';
import { openBenchServer } from './databases.ts';
import type { Call, Measured } from './load.ts';
import { fetchOnce, measure } from './load.ts';
import type { Clerk } from './people.ts';
import { openSessions } from './people.ts';
import type { Statement } from './recording.ts';
import type { Line, Rounds } from './report.ts';
import { growthOf, shareOf, writeReport } from './report.ts';
import type { OpenDecision, Scenario } from './scenarios.ts';
import { makeScenarios, openDecisions } from './scenarios.ts';

/**
 * `npm run bench [-- --seconds=3 --rounds=3 --users=50 --only=list,detail]`: everything in one run, ours beside bare, alternating.
 * Databases are loaded when they are missing and kept.
 */

function option(name: string, otherwise: number): number {
  const given = process.argv.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1];
  return given === undefined ? otherwise : Number(given);
}

const about = {
  users: option('users', 50),
  seconds: option('seconds', 3),
  rounds: option('rounds', 3),
  large: option('large', 350_000),
  small: option('small', 35_000),
};
const only = process.argv
  .find((arg) => arg.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',');
const log = (line: string): void => console.log(line);

/** One database with our server on it and what is asked of it. */
type Side = { client: Client; server: Child; clerks: Map<number, Clerk>; scenarios: Scenario[] };

async function openSide(url: string): Promise<Side> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const clerks = await openSessions(client);
  return { client, clerks, server: await startChild('ours.ts', [url]), scenarios: await makeScenarios(client) };
}

async function closeSide(side: Side): Promise<void> {
  side.server.end();
  await side.client.end();
}

function headersFor(side: Side, associationId: number): Readonly<Record<string, string>> {
  return side.clerks.get(associationId)?.headers ?? {};
}

/** The variants one after the other, for ever. */
function around<T>(items: readonly T[]): () => T | undefined {
  let next = 0;
  return () => {
    const item = items[next % items.length];
    next += 1;
    return item;
  };
}

function callsOf(side: Side, scenario: Scenario): () => Call | undefined {
  const next = around(scenario.variants);
  return () => {
    const variant = next();
    return variant === undefined ? undefined : { path: variant.path, headers: headersFor(side, variant.associationId) };
  };
}

type Recorded = { plans: [string, Statement[]][]; sizes: { elements: number; bytes: number }[] };

/** Runs every variant once on a server that writes down its SQL. */
async function record(side: Side, recorder: Child, scenario: Scenario): Promise<Recorded> {
  const recorded: Recorded = { plans: [], sizes: [] };
  for (const [index, variant] of scenario.variants.entries()) {
    await recorder.start();
    const answer = await fetchOnce(recorder.port, { path: variant.path, headers: headersFor(side, variant.associationId) });
    const statements = await recorder.stop();
    if (answer.status !== 200) throw new Error(`${scenario.key}: ${variant.path} answered ${answer.status}: ${answer.text.slice(0, 300)}`);
    recorded.plans.push([`${scenario.key}-${index}`, statements]);
    recorded.sizes.push({ elements: (answer.text.match(/<[a-z]/g) ?? []).length, bytes: Buffer.byteLength(answer.text) });
  }
  return recorded;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** Text per cell that makes the bare page as long as ours. */
async function lettersFor(bare: Child, key: string, size: { elements: number; bytes: number }): Promise<number> {
  const one = await fetchOnce(bare.port, { path: `/page/${key}-0?elements=${size.elements}&letters=1` });
  if (one.status !== 200) throw new Error(`bare page answered ${one.status}: ${one.text.slice(0, 300)}`);
  const cells = (size.elements * 8) / 9;
  return Math.max(0, Math.round(1 + (size.bytes - Buffer.byteLength(one.text)) / (3 * cells)));
}

async function bareCalls(bare: Child, scenario: Scenario, recorded: Recorded): Promise<() => Call | undefined> {
  const keys = recorded.plans.map(([key]) => key);
  if (scenario.kind === 'json') {
    const next = around(keys);
    return () => ({ path: `/json/${next()}` });
  }
  const size = {
    elements: Math.round(mean(recorded.sizes.map((one) => one.elements))),
    bytes: mean(recorded.sizes.map((one) => one.bytes)),
  };
  const letters = await lettersFor(bare, scenario.key, size);
  log(`  ${scenario.key}: ${size.elements} elements, ${Math.round(size.bytes / 1024)} KB`);
  const next = around(keys);
  return () => ({ path: `/page/${next()}?elements=${size.elements}&letters=${letters}` });
}

type Runners = Record<keyof Rounds, (() => Promise<Measured>) | undefined>;

/** Alternates, the first of each round changing, so that a drift of the machine meets all alike. */
async function alternate(runners: Runners): Promise<Rounds> {
  const rounds: Rounds = { ours: [], bare: [], small: [] };
  const sides = ['ours', 'bare', 'small'] as const;
  for (let round = -1; round < about.rounds; round += 1) {
    const order = round % 2 === 0 ? sides : [...sides].reverse();
    for (const side of order) {
      const measured = await runners[side]?.();
      if (measured !== undefined && round >= 0) rounds[side].push(measured);
    }
  }
  return rounds;
}

function runner(port: number, next: () => Call | undefined): () => Promise<Measured> {
  return async () => await measure({ port, users: about.users, seconds: about.seconds, next });
}

async function runReads(large: Side, small: Side, servers: { bare: Child; recorder: Child }): Promise<Line[]> {
  const lines: Line[] = [];
  for (const scenario of large.scenarios.filter((one) => only === undefined || only.includes(one.key))) {
    const recorded = await record(large, servers.recorder, scenario);
    await servers.bare.tell({ plans: recorded.plans });
    const next = await bareCalls(servers.bare, scenario, recorded);
    const same = small.scenarios.find((one) => one.key === scenario.key);
    const rounds = await alternate({
      ours: runner(large.server.port, callsOf(large, scenario)),
      bare: runner(servers.bare.port, next),
      small: same === undefined ? undefined : runner(small.server.port, callsOf(small, same)),
    });
    lines.push({ title: scenario.title, goal: scenario.goal, rounds });
    log(`${scenario.title}: ${(shareOf(rounds) * 100).toFixed(0)} % of bare, p95 growth ${growthOf(rounds).toFixed(2)}`);
  }
  return lines;
}

function approvalCall(side: Side, decision: OpenDecision): Call {
  const { associationId, decidedOn, categoryId, version } = decision;
  return {
    path: `/api/v1/applications/${decision.applicationId}/approval`,
    method: 'POST',
    headers: {
      ...headersFor(side, associationId),
      'Content-Type': 'application/json',
      'If-Match': `"${version}"`,
      'Idempotency-Key': newId(),
    },
    body: JSON.stringify({ decidedOn, categoryId, confirmed: true, licenceSeen: true }),
  };
}

function shiftOf<T>(items: T[]): () => T | undefined {
  return () => items.shift();
}

/** Every case can be approved once: ours takes from one half of them, the bare transaction from the other. */
async function runApprovals(large: Side, bare: Child): Promise<Line> {
  const open = await openDecisions(large.client);
  log(`  approvals: ${open.length} cases wait`);
  const ours = shiftOf(open.filter((_, index) => index % 2 === 0));
  const theirs = open
    .filter((_, index) => index % 2 === 1)
    .map((decision): BareDecision => ({ ...decision, accountId: large.clerks.get(decision.associationId)?.accountId ?? '' }));
  await bare.tell({ decisions: theirs });
  const nextOurs = (): Call | undefined => {
    const decision = ours();
    return decision === undefined ? undefined : approvalCall(large, decision);
  };
  const rounds = await alternate({
    ours: runner(large.server.port, nextOurs),
    bare: runner(bare.port, () => ({ path: '/approve', method: 'POST' })),
    small: undefined,
  });
  log(`承認: ${(shareOf(rounds) * 100).toFixed(0)} % of bare`);
  return { title: '承認', goal: 0.4, rounds };
}

const server = await openBenchServer(log);
try {
  const largeUrl = await server.urlOf(about.large);
  const large = await openSide(largeUrl);
  const small = await openSide(await server.urlOf(about.small));
  const bare = await startChild('bare.ts', [largeUrl]);
  const recorder = await startChild('ours.ts', [largeUrl, 'record']);
  const lines = await runReads(large, small, { bare, recorder });
  recorder.end();
  if (only === undefined || only.includes('approve')) lines.push(await runApprovals(large, bare));
  log(await writeReport(lines, { ...about, database: server.version }));
  bare.end();
  await closeSide(large);
  await closeSide(small);
} finally {
  await server.stop();
}
