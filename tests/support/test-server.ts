import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataDirectoryInUse, lockDataDirectory } from '#main/data-lock.ts';
import { endAbandoned, startEmbedded } from '#main/embedded/embedded.ts';

const PREFIX = 'mamis-test-server-';

export interface TestServer {
  /** Connection URL of a role that may create databases and roles. */
  readonly adminUrl: string;
  readonly stop: () => Promise<void>;
}

/**
 * The PostgreSQL the tests run on: the one of TEST_DATABASE_URL, or an embedded one without fsync in a
 * temporary directory that goes away with `stop`.
 */
export async function openTestServer(log: (line: string) => void): Promise<TestServer> {
  const chosen = process.env.TEST_DATABASE_URL;
  if (chosen !== undefined && chosen !== '') return { adminUrl: chosen, stop: () => Promise.resolve() };
  await sweepAbandoned();
  const dataDir = mkdtempSync(join(tmpdir(), PREFIX));
  chmodSync(dataDir, 0o711);
  const lock = lockDataDirectory(dataDir);
  const database = await startEmbedded({ dataDir, log, durable: false });
  return {
    adminUrl: database.ownerUrl,
    stop: async () => {
      await database.stop();
      lock.release();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A killed test run leaves its server and files: end and remove them when their process is gone. */
async function sweepAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const dataDir = join(tmpdir(), name);
    if (statSync(dataDir).uid !== process.getuid?.()) continue;
    if (!existsSync(join(dataDir, 'mamis.lock')) || dataDirectoryInUse(dataDir)) continue;
    await endAbandoned(dataDir);
    rmSync(dataDir, { recursive: true, force: true });
  }
}
