import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '#main/config.ts';
import { serve } from '#main/serve.ts';
import { makeAuditLog } from '#platform/audit/audit-log.ts';
import { openDatabase } from '#platform/db/database.ts';
import { localFileStore } from '#platform/files/local-file-store.ts';
import { cloneTemplate, prepareTemplate } from '#support/template.ts';
import { openTestServer } from '#support/test-server.ts';
import { fill } from './fill.ts';
import { databaseNote } from './backstage.ts';
import { noRenderer } from '#platform/render/renderer.ts';
import { noVault } from '#platform/second-factor/vault.ts';

/**
 * The product for the journeys: a database of its own, persons made by commands, pages and jobs.
 * `node tests/journeys/server.ts PORT [--empty]`; with `--empty` there is nobody yet, as after `npm start -- --no-demo`.
 */

const port = process.argv[2] ?? '3417';
const empty = process.argv.includes('--empty');
const log = (line: string): void => console.log(line);

const dataDir = mkdtempSync(join(tmpdir(), 'mamis-journeys-'));
const server = await openTestServer(log);
const test = await cloneTemplate(server.adminUrl, await prepareTemplate(server.adminUrl, log));
const settings = readSettings({ PORT: port, DATA_DIR: dataDir, LOG_LEVEL: 'warn' }, ['--no-demo'], dataDir);

async function fillDatabase(): Promise<void> {
  const database = openDatabase({ url: test.ownerUrl, onError: (error) => console.error(error) });
  const audit = makeAuditLog(database.system);
  const site = { demo: true, version: '', origin: `http://localhost:${port}`, localMailbox: true };
  await fill({ database, audit, files: localFileStore(settings.filesDir), render: noRenderer, vault: noVault, site }, new Date());
  await audit.drain();
  await database.close();
}

if (!empty) await fillDatabase();
writeFileSync(databaseNote(port), test.ownerUrl);
const product = await serve(
  { ...settings, ownerUrl: test.ownerUrl, sessionSecret: 'only for the journeys, never anywhere else', demo: true },
  log,
);
log(`journeys: http://localhost:${port}`);

let ending = false;
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  await product.close();
  await test.drop();
  await server.stop();
  rmSync(databaseNote(port), { force: true });
  rmSync(dataDir, { recursive: true, force: true });
  process.exit(0);
}
process.on('SIGTERM', () => void end());
process.on('SIGINT', () => void end());
