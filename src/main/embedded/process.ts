import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../start-error.ts';

const onLinux = process.platform === 'linux';
let bootId = '';

/** The fields of /proc/<pid>/stat after the command name (index 0 is the state), or null. */
function procStat(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null; // the process is gone: that is the answer
  }
}

/** True while the process runs; a zombie that nobody reaped counts as ended. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (errorCode(error) !== 'EPERM') return false;
  }
  return !onLinux || !['Z', 'X', undefined].includes(procStat(pid)?.[0]);
}

/**
 * A text that is the same for one process and different for a later one with the same number
 * (numbers are reused at once in containers). Empty when the process does not run.
 */
export function processToken(pid: number): string {
  if (!isAlive(pid)) return '';
  if (onLinux) {
    bootId ||= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${bootId} ${procStat(pid)?.[19] ?? ''}`;
  }
  return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
}

/** True while the process whose token was `token` runs. */
export function isStill(pid: number, token: string): boolean {
  return onLinux ? token !== '' && processToken(pid) === token : isAlive(pid);
}

/** Linux: processes working inside `directory` (every PostgreSQL process stays in its data directory). */
export function processesIn(directory: string): number[] {
  if (!onLinux) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => workingDirectory(pid) === directory && isAlive(pid));
}

/** Linux: the working directory of a process, or an empty string when it cannot be seen. */
export function workingDirectory(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return ''; // ended, or another account's process, which cannot be ours
  }
}

/** Waits until the process has ended; false when it still runs after `ms` milliseconds. */
export async function waitForEnd(pid: number, ms: number): Promise<boolean> {
  const until = performance.now() + ms;
  while (isAlive(pid)) {
    if (performance.now() > until) return false;
    await sleep(50);
  }
  return true;
}

/** Sends a signal to a process that may be gone already. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}
