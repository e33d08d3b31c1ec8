import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Surroundings } from '#platform/context.ts';
import { makeAuditLog } from '#platform/audit/audit-log.ts';
import { openDatabase } from '#platform/db/database.ts';
import { localFileStore } from '#platform/files/local-file-store.ts';
import type { Log } from '#platform/log/log.ts';
import { makeRenderer } from '#platform/render/renderer.ts';
import { makeLog } from '#platform/log/log.ts';
import { makeVault } from '#platform/second-factor/vault.ts';
import type { AppConfig } from './config.ts';
import { StartError } from './start-error.ts';
import { keptSecret } from './private-file.ts';
import type { Time } from './worker.ts';
import { ownTime, startWork } from './worker.ts';

/** What the built server (`web.ts`, bundled with all pages) offers. */
type WebEntry = {
  serveWeb: (options: {
    config: AppConfig;
    surroundings: Surroundings;
    log: Log;
    now: () => Date;
  }) => Promise<{ setupCode: string | undefined; close: () => Promise<void> }>;
};

const bundle = new URL('../../build/server/index.js', import.meta.url);

function isWebEntry(module: unknown): module is WebEntry {
  return typeof module === 'object' && module !== null && 'serveWeb' in module && typeof module.serveWeb === 'function';
}

async function loadWeb(): Promise<WebEntry> {
  if (!existsSync(bundle)) throw new StartError('The pages have not been built: run npm start, or npm run build first.');
  const module: unknown = await import(bundle.href);
  if (!isWebEntry(module)) throw new StartError('The built pages do not fit this version: run npm run build again.');
  return module;
}

function versionOfProduct(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : '';
  return typeof version === 'string' ? version : '';
}

/** Opens the database for the restricted role, starts jobs and pages in this process; `close` drains both. */
export async function serve(config: AppConfig, say: (line: string) => void, time: Time = ownTime): Promise<{ close: () => Promise<void> }> {
  const log = makeLog({ level: config.logLevel });
  const database = openDatabase({ url: config.ownerUrl, onError: (error) => log.warn('database connection lost', { error: error.name }) });
  const surroundings: Surroundings = {
    database,
    audit: makeAuditLog(database.system),
    files: localFileStore(config.filesDir),
    render: makeRenderer({ searchPath: config.searchPath }),
    vault: makeVault(config.vaultKey ?? keptSecret(join(config.dataDir, 'vault-key'))),
    site: {
      demo: config.demo,
      version: versionOfProduct(),
      origin: config.publicOrigin ?? `http://localhost:${config.port}`,
      mailDomain: config.mailDomain,
      callCentre: config.callCentre,
      localMailbox: config.smtpUrl === undefined,
    },
  };
  const web = await loadWeb();
  const work = await startWork({ config, surroundings, log, time });
  const server = await web.serveWeb({ config, surroundings, log, now: time.now });
  if (server.setupCode !== undefined) say(`First set-up: open /setup and enter the code ${server.setupCode}`);
  return {
    close: async () => {
      await server.close();
      await work.stop();
      await surroundings.audit.drain();
      await database.close();
    },
  };
}
