import { dataDirectoryInUse, lockDataDirectory } from './data-lock.ts';
import { findEmbedded, startEmbedded } from './embedded/embedded.ts';
import type { Settings } from './config.ts';
import { checkExternalDatabase } from './external-database.ts';
import { StartError } from './start-error.ts';

export interface OpenDatabase {
  /** Connection URL of the owner role. */
  readonly ownerUrl: string;
  readonly stop: () => Promise<void>;
}

type Log = (line: string) => void;

/** The database of a serving MAMIS: DATABASE_URL, or the embedded server. The caller holds the data directory. */
export async function openDatabase(settings: Settings, log: Log, onLost: (error: StartError) => void): Promise<OpenDatabase> {
  if (settings.databaseUrl === undefined) return await startEmbedded({ dataDir: settings.dataDir, log, onLost });
  await checkExternalDatabase(settings.databaseUrl);
  return { ownerUrl: settings.databaseUrl, stop: () => Promise.resolve() };
}

/**
 * The same database for the command line: beside a running MAMIS it joins the running server, otherwise
 * it starts one for its own time.
 */
export async function joinDatabase(settings: Settings, log: Log): Promise<OpenDatabase> {
  const onLost = (error: StartError): void => log(error.message);
  if (settings.databaseUrl !== undefined) return await openDatabase(settings, log, onLost);
  if (dataDirectoryInUse(settings.dataDir)) {
    const running = await findEmbedded(settings.dataDir);
    if (running === null) throw new StartError(`MAMIS is just starting or stopping on ${settings.dataDir}; try again in a moment.`);
    return { ownerUrl: running.ownerUrl, stop: () => Promise.resolve() };
  }
  const lock = lockDataDirectory(settings.dataDir);
  const database = await openDatabase(settings, log, onLost);
  return {
    ownerUrl: database.ownerUrl,
    stop: async () => {
      await database.stop();
      lock.release();
    },
  };
}
