import { join } from 'node:path';
import { migrate } from '#platform/db/migrate.ts';
import { type AppConfig, readSettings, type Settings } from './config.ts';
import { prepareDataDirectory } from './data-directory.ts';
import { lockDataDirectory } from './data-lock.ts';
import { openDatabase } from './database.ts';
import { existingLogins, markDemoLoaded, settleDemo } from './installation.ts';
import { loadMasters } from './masters.ts';
import { checkPort, portSentence } from './port.ts';
import { keptSecret } from './private-file.ts';
import { Shutdown } from './shutdown.ts';
import { errorCode, sentenceFor } from './start-error.ts';
import { demoLogins, welcome } from './welcome.ts';

/**
 * The whole product in one process: database, schema, masters, demo data, pages, API and jobs.
 *
 * What it calls, each with `(config: AppConfig, log: (line: string) => void)`:
 * `loadMasters` (every start; brings the master tables to the CSV files), `loadDemo` (until it ends well
 * once; must go on after an interrupted run), `serve` (resolves to `{ close() }` when it listens on
 * `config.host:config.port`; `close` drains requests and jobs).
 */
const log = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const root = join(import.meta.dirname, '../..');
const shutdown = new Shutdown(log);
let settings: Settings | undefined;
let serving = false;

async function start(chosen: Settings): Promise<void> {
  prepareDataDirectory(chosen.dataDir);
  const lock = lockDataDirectory(chosen.dataDir);
  await shutdown.add('lock', async () => lock.release());
  await checkPort(chosen.port, chosen.host);
  const sessionSecret = chosen.sessionSecret ?? keptSecret(join(chosen.dataDir, 'session-secret'));
  const database = await openDatabase(chosen, log, (error) => void fail(error));
  await shutdown.add('database', database.stop);
  const config = await fill({ ...chosen, ownerUrl: database.ownerUrl, sessionSecret, demo: false });
  if (shutdown.begun) return;
  const { serve } = await import('./serve.ts'); // late: a wrong setting shows before everything is loaded
  const server = await serve(config, log);
  await shutdown.add('server', server.close);
  serving = true;
  const logins = config.demo ? await existingLogins(config.ownerUrl, demoLogins) : new Set<string>();
  if (!shutdown.begun) log(welcome(config, logins));
}

/** Schema, masters and, once, demo data. */
async function fill(config: AppConfig): Promise<AppConfig> {
  await migrate({ ownerUrl: config.ownerUrl, log });
  await loadMasters(config, log);
  const state = await settleDemo(config.ownerUrl, config.wantsDemo);
  const filled = { ...config, demo: state !== 'none' };
  if (state === 'pending') {
    log('Loading the demo data …');
    const { loadDemo } = await import('./demo.ts');
    await loadDemo(filled, log);
    await markDemoLoaded(config.ownerUrl);
  }
  return filled;
}

async function stop(): Promise<void> {
  if (shutdown.begun) return;
  log('Stopping …');
  const well = await shutdown.run();
  log('MAMIS has stopped.');
  process.exit(well ? 0 : 1);
}

/** One sentence, then everything that was opened is closed; failures caused by stopping are none. */
async function fail(error: unknown): Promise<void> {
  if (shutdown.begun) return;
  process.exitCode = 1;
  process.stderr.write(`${sentence(error)}\n`);
  if (settings?.logLevel === 'debug') process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  await shutdown.run();
  process.exit(1);
}

function sentence(error: unknown): string {
  const busy = ['EADDRINUSE', 'EADDRNOTAVAIL'].includes(errorCode(error));
  if (busy && settings !== undefined) return portSentence(error, settings.port, settings.host);
  return sentenceFor(error, { dataDir: settings?.dataDir ?? '', event: serving ? 'had to stop' : 'could not start' });
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => void stop());
process.on('disconnect', () => void stop()); // the launcher was killed
process.on('uncaughtException', (error) => void fail(error));
process.on('unhandledRejection', (error) => void fail(error));

try {
  settings = readSettings(process.env, process.argv.slice(2), root);
  await start(settings);
} catch (error) {
  await fail(error);
}
