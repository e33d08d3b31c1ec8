import { fileURLToPath } from 'node:url';
import { makeAuditLog } from '#platform/audit/audit-log.ts';
import type { Surroundings } from '#platform/context.ts';
import { openDatabase } from '#platform/db/database.ts';
import { localFileStore } from '#platform/files/local-file-store.ts';
import { makeLog } from '#platform/log/log.ts';
import type { Recorder } from './recording.ts';
import { recordPools } from './recording.ts';
import { answerParent } from './child.ts';
import { noRenderer } from '#platform/render/renderer.ts';
import { noVault } from '#platform/second-factor/vault.ts';

/** The product's pages and API as they are served, without jobs, in a process of their own: `node bench/ours.ts URL [record]`. */

type Web = {
  serveWeb: (options: {
    config: object;
    surroundings: Surroundings;
    log: ReturnType<typeof makeLog>;
  }) => Promise<{ port: number; close: () => Promise<void> }>;
};

function isWeb(module: unknown): module is Web {
  return typeof module === 'object' && module !== null && 'serveWeb' in module;
}

const url = process.argv[2] ?? '';
const database = openDatabase({ url, onError: (error) => console.error(error.message) });
const recorder: Recorder | undefined = process.argv[3] === 'record' ? recordPools([database.pool, database.system]) : undefined;
const surroundings: Surroundings = {
  database,
  audit: makeAuditLog(database.system),
  files: localFileStore('/nonexistent'),
  render: noRenderer,
  vault: noVault,
  site: { demo: true, version: 'bench', origin: 'http://localhost', localMailbox: true },
};
const module: unknown = await import(new URL('../build/server/index.js', import.meta.url).href);
if (!isWeb(module)) throw new Error('npm run build first');
const config = {
  port: 0,
  host: '127.0.0.1',
  trustProxy: false,
  sessionSecret: 'only for measurements, nothing secret',
  dataDir: fileURLToPath(new URL('.', import.meta.url)),
  rateScale: 1_000_000,
};
const web = await module.serveWeb({ config, surroundings, log: makeLog({ level: 'warn' }) });
answerParent({ port: web.port, start: () => recorder?.start(), stop: () => recorder?.stop() ?? [] });
