import { readFileSync, statSync } from 'node:fs';
import { StartError } from '../start-error.ts';

/** The account the database server runs under. Empty when MAMIS itself runs unprivileged: then it is ours. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * PostgreSQL refuses to run as root, rightly. Started by root, the server gets the account that owns
 * the existing database files, or `nobody` for new ones.
 */
export function databaseAccount(cluster: string): Account {
  if (!runsAsRoot()) return {};
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return nobody();
}

/** True on systems with accounts when this process is root. */
export function runsAsRoot(): boolean {
  return process.getuid?.() === 0;
}

function nobody(): Account {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined || gid === undefined) {
    throw new StartError(
      'MAMIS was started by root and found no account "nobody" to run the database under; start it from an ordinary account.',
    );
  }
  // macOS writes -2 for nobody; system calls want the unsigned number
  return { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 };
}
