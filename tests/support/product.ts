import { mkdirSync } from 'node:fs';
import { readSettings } from '#main/config.ts';
import { openDatabase } from '#main/database.ts';
import { lockDataDirectory } from '#main/data-lock.ts';
import { loadMasters } from '#main/masters.ts';
import { serve } from '#main/serve.ts';
import type { Time } from '#main/worker.ts';
import { migrate } from '#platform/db/migrate.ts';

/**
 * The product for the proofs over HTTP, in a process that may be killed: pages, API, jobs, and the embedded PostgreSQL
 * below DATA_DIR unless DATABASE_URL names another. The same parts as `src/main/start.ts`, in the same order, without demo
 * data and with wide rate limits, because all requests come from one address.
 */

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const settings = readSettings(process.env, ['--no-demo'], process.cwd());
mkdirSync(settings.dataDir, { recursive: true });
const lock = lockDataDirectory(settings.dataDir);
const database = await openDatabase(settings, say, (error) => {
  say(`LOST ${error.message}`);
  process.exit(1);
});
const config = {
  ...settings,
  ownerUrl: database.ownerUrl,
  sessionSecret: 'only for the proofs, never anywhere else',
  demo: false,
  rateScale: 1_000_000,
};
await migrate({ ownerUrl: config.ownerUrl, log: say });
await loadMasters(config, say);

/** The parent may tell the time, `{ now: milliseconds }`, where it plays with days; then no round of a night comes by itself. */
let ahead = 0;
process.on('message', (message) => {
  if (typeof message !== 'object' || message === null || !('now' in message) || typeof message.now !== 'number') return;
  ahead = message.now - Date.now();
  process.send?.({ told: message.now });
});
const told: Time = { now: () => new Date(Date.now() + ahead), rounds: false };
const served = await serve(config, () => undefined, process.env['PLAYS_WITH_DAYS'] === '1' ? told : undefined);
say(`SERVING ${database.ownerUrl}`);

let ending = false;
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  await served.close();
  await database.stop();
  lock.release();
  process.exit(0);
}
process.on('SIGTERM', () => void end());
process.on('SIGINT', () => void end());
process.on('disconnect', () => void end());
