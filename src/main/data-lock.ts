import { readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { processToken } from './embedded/process.ts';
import { writeNewFile } from './private-file.ts';
import { errorCode, StartError } from './start-error.ts';

export interface DataLock {
  /** Gives the directory back; harmless when called twice. */
  readonly release: () => void;
}

const WRITING_MS = 5000;

/**
 * Claims a data directory for this process. The lock names process and start time, so the lock of a
 * crashed process (or of another one that got its number) does not count.
 * @throws StartError when another MAMIS process works in it
 */
export function lockDataDirectory(dataDir: string): DataLock {
  const path = join(dataDir, 'mamis.lock');
  for (let attempt = 0; attempt < 10; attempt += 1) {
    if (create(path)) return { release: () => release(path) };
    const owner = lockOwner(path);
    if (owner !== null) {
      throw new StartError(
        `The data directory ${dataDir} is in use by another MAMIS process (${owner}); stop that one or set DATA_DIR to another directory.`,
      );
    }
    discard(path);
  }
  throw new StartError(`The data directory ${dataDir} is being claimed by another MAMIS process; try again.`);
}

/** True while another living process holds the data directory. */
export function dataDirectoryInUse(dataDir: string): boolean {
  return lockOwner(join(dataDir, 'mamis.lock')) !== null;
}

function create(path: string): boolean {
  try {
    writeNewFile(path, JSON.stringify({ pid: process.pid, token: processToken(process.pid) }));
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** "process 123" of the living holder, or null when the lock is stale or gone. */
function lockOwner(path: string): string | null {
  const holder = readLock(path);
  if (holder === null) return youngerThan(path, WRITING_MS) ? 'just starting' : null;
  return processToken(holder.pid) === holder.token ? `process ${holder.pid}` : null;
}

function readLock(path: string): { pid: number; token: string } | null {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('token' in value)) return null;
    return typeof value.pid === 'number' && typeof value.token === 'string' ? { pid: value.pid, token: value.token } : null;
  } catch (error) {
    if (error instanceof SyntaxError || errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function youngerThan(path: string, ms: number): boolean {
  const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  return modified !== undefined && Date.now() - modified < ms;
}

/** Two starters may both find a stale lock: the rename lets only one of them take it away. */
function discard(path: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  if (lockOwner(aside) !== null) renameSync(aside, path);
  else rmSync(aside);
}

function release(path: string): void {
  if (readLock(path)?.pid === process.pid) rmSync(path, { force: true });
}
