import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNewFile } from '../private-file.ts';
import { diskFull, meansDiskFull, StartError } from '../start-error.ts';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { run } from './run.ts';

/** The bootstrap superuser; only the supervisor signs in as it. */
export const SUPERUSER = 'postgres';

export interface ClusterPlan {
  readonly cluster: string;
  readonly account: Account;
  readonly binaries: Binaries;
  readonly password: string;
  /** False only for throw-away clusters of tests. */
  readonly durable: boolean;
}

/**
 * How the server is told where its files are. Under another account than ours it may be unable to walk
 * the path (a checkout below /root), but it starts inside the directory: so it gets the name of
 * its own working directory.
 */
export function directoryArgument(cluster: string, account: Account): string {
  return account.uid !== undefined && process.platform === 'linux' ? '/proc/self/cwd' : cluster;
}

/** Creates the database files unless they exist; an interrupted creation is begun anew. */
export async function ensureCluster(plan: ClusterPlan, log: (line: string) => void): Promise<void> {
  if (existsSync(join(plan.cluster, 'PG_VERSION'))) {
    checkMajor(plan);
    return;
  }
  log('Creating the database files …');
  const draft = `${plan.cluster}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  give(draft, plan.account);
  const { status, output } = await initialise(plan, draft);
  if (status === 0) {
    renameSync(draft, plan.cluster);
    return;
  }
  rmSync(draft, { recursive: true, force: true });
  if (meansDiskFull(output)) throw new StartError(diskFull(plan.cluster));
  throw new StartError(`The database files could not be created in ${plan.cluster}: ${reason(output)}`);
}

async function initialise(plan: ClusterPlan, draft: string): Promise<{ status: number | null; output: string }> {
  const secret = mkdtempSync(join(tmpdir(), 'mamis-'));
  try {
    const passwordFile = join(secret, 'password');
    writeNewFile(passwordFile, `${plan.password}\n`);
    give(passwordFile, plan.account);
    give(secret, plan.account);
    const base = ['-D', directoryArgument(draft, plan.account), '-U', SUPERUSER, `--pwfile=${passwordFile}`];
    const rules = ['--data-checksums', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'];
    const args = [...base, ...rules, ...(plan.durable ? [] : ['--no-sync'])];
    const at = { account: plan.account, cwd: draft };
    const japanese = await run(plan.binaries.initdb, [...args, '--locale-provider=icu', '--icu-locale=ja'], at);
    if (!japanese.output.includes('ICU is not supported')) return japanese;
    return await run(plan.binaries.initdb, [...args, '--locale-provider=builtin', '--builtin-locale=C.UTF-8'], at);
  } finally {
    rmSync(secret, { recursive: true, force: true });
  }
}

function checkMajor(plan: ClusterPlan): void {
  const found = readFileSync(join(plan.cluster, 'PG_VERSION'), 'utf8').trim();
  if (found === plan.binaries.major) return;
  throw new StartError(
    `The database files in ${plan.cluster} were written by PostgreSQL ${found}, this MAMIS brings ${plan.binaries.major}; restore them with the earlier MAMIS first.`,
  );
}

function give(path: string, account: Account): void {
  if (account.uid === undefined || account.gid === undefined) return;
  chownSync(path, account.uid, account.gid);
  chmodSync(path, path.endsWith('password') ? 0o600 : 0o700);
}

/** The line of a program's output that says what went wrong. */
export function reason(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const telling = lines.findLast((line) => /FATAL|PANIC|error:|could not/.test(line));
  return (telling ?? lines.at(-1) ?? 'no message').replace(/^.*?(FATAL|PANIC|error): +/, '').trim();
}
