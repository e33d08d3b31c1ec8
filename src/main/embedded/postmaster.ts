import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readIfThere } from '../private-file.ts';
import { StartError } from '../start-error.ts';
import { isAlive, processesIn, workingDirectory } from './process.ts';

/** What a running server writes about itself into `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** Reads `postmaster.pid`; null when there is none or it is not complete yet. */
export function readPostmaster(cluster: string): Postmaster | null {
  const lines = readIfThere(join(cluster, 'postmaster.pid'))?.split('\n') ?? [];
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0 || !Number.isInteger(port) || port <= 0) return null;
  return { pid, port, ready: lines[7]?.trim() === 'ready' };
}

/** The server that lives on these files, or null; a number that another program got meanwhile does not count. */
export function livingPostmaster(cluster: string): Postmaster | null {
  const found = readPostmaster(cluster);
  if (found === null || !isAlive(found.pid)) return null;
  if (process.platform !== 'linux') return found;
  return workingDirectory(found.pid) === realpathSync(cluster) ? found : null;
}

/**
 * Clears the way for a new server on these files after a crash. PostgreSQL itself takes away the
 * `postmaster.pid` of an ended process; it gives up only when the number belongs to another program
 * now, so only then do we remove the file, and only when no server process is left on the files.
 */
export async function clearStalePostmaster(cluster: string): Promise<void> {
  const left = await waitForNobody(realpathSync(cluster), 30_000);
  if (left.length > 0) {
    throw new StartError(`Processes of an earlier database server (${left.join(', ')}) still use ${cluster}; end them and start again.`);
  }
  const path = join(cluster, 'postmaster.pid');
  const found = readIfThere(path);
  if (found === null) return;
  const pid = Number.parseInt(found, 10);
  if (!Number.isInteger(pid) || !processExists(pid)) return;
  if (process.platform === 'linux') rmSync(path);
}

/** Also true for zombies, as for the server's own check. */
function processExists(pid: number): boolean {
  try {
    readFileSync(`/proc/${pid}/stat`);
    return true;
  } catch {
    return isAlive(pid);
  }
}

async function waitForNobody(directory: string, ms: number): Promise<number[]> {
  const until = performance.now() + ms;
  let left = processesIn(directory);
  while (left.length > 0 && performance.now() < until) {
    await sleep(100);
    left = processesIn(directory);
  }
  return left;
}
