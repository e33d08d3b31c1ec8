import { join } from 'node:path';
import { dayOfInstant } from '#kernel/day.ts';
import { makeAuditLog } from '#platform/audit/audit-log.ts';
import { openDatabase } from '#platform/db/database.ts';
import { migrate } from '#platform/db/migrate.ts';
import { localFileStore } from '#platform/files/local-file-store.ts';
import { readSettings } from './config.ts';
import { prepareDataDirectory } from './data-directory.ts';
import { joinDatabase } from './database.ts';
import { createStaff } from './demo/logins.ts';
import { markDemoLoaded, settleDemo } from './installation.ts';
import { loadMasters } from './masters.ts';
import { loadNational } from './national/load.ts';
import { sentenceFor } from './start-error.ts';
import { noRenderer } from '#platform/render/renderer.ts';
import { noVault } from '#platform/second-factor/vault.ts';

/**
 * `npm run demo:national [-- --doctors=35000]`: fills an empty database (DATABASE_URL, or the embedded one of DATA_DIR,
 * default `data-national`) with a country of made-up doctors and the office logins of the demo.
 */

const log = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const nation = 350_000;

function doctorsIn(args: readonly string[]): number {
  const asked = args.find((arg) => arg.startsWith('--doctors='))?.slice('--doctors='.length);
  const doctors = asked === undefined ? nation : Number(asked);
  if (!Number.isInteger(doctors) || doctors < 100 || doctors > 1_000_000)
    throw new Error('--doctors must be a number from 100 to 1000000.');
  return doctors;
}

async function load(dataDir: string): Promise<void> {
  const doctors = doctorsIn(process.argv.slice(2));
  const root = join(import.meta.dirname, '../..');
  const settings = readSettings({ ...process.env, DATA_DIR: dataDir }, [], root);
  prepareDataDirectory(settings.dataDir);
  const database = await joinDatabase(settings, log);
  try {
    const started = performance.now();
    const { ownerUrl } = database;
    await migrate({ ownerUrl, log });
    await loadMasters({ ownerUrl }, log);
    await settleDemo(ownerUrl, true);
    const today = dayOfInstant(new Date());
    await loadNational({ ownerUrl, doctors, today, log });
    const opened = openDatabase({ url: ownerUrl, onError: (error) => log(error.message) });
    const audit = makeAuditLog(opened.system);
    const site = { demo: true, version: '', origin: '', localMailbox: true };
    await createStaff(
      { database: opened, audit, files: localFileStore(settings.filesDir), render: noRenderer, vault: noVault, site },
      today,
    );
    await opened.close();
    await markDemoLoaded(ownerUrl);
    log(`national: ready after ${Math.round((performance.now() - started) / 1000)} s; start it with DATA_DIR=${dataDir} npm start`);
  } finally {
    await database.stop();
  }
}

const dataDir = process.env['DATA_DIR'] ?? 'data-national';
try {
  await load(dataDir);
} catch (error) {
  process.stderr.write(`${sentenceFor(error, { dataDir, event: 'could not load the national data' })}\n`);
  process.exitCode = 1;
}
