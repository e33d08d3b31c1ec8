import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode, errorMessage, meansDiskFull, diskFull, StartError } from './start-error.ts';

/**
 * Makes the data directory and tries to write in it, so that a wrong place shows now and not in the
 * middle of somebody's work.
 */
export function prepareDataDirectory(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const probe = join(dataDir, `.probe-${process.pid}`);
    writeFileSync(probe, Buffer.alloc(8192, 1), { mode: 0o600 });
    rmSync(probe);
  } catch (error) {
    if (meansDiskFull(error)) throw new StartError(diskFull(dataDir));
    throw new StartError(
      `The data directory ${dataDir} cannot be written (${errorCode(error) || errorMessage(error)}); set DATA_DIR to a directory of this account.`,
    );
  }
}
