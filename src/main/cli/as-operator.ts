import { newId } from '#kernel/id.ts';
import { makeAuditLog } from '#platform/audit/audit-log.ts';
import type { Context } from '#platform/context.ts';
import { makeContext } from '#platform/context.ts';
import { openDatabase } from '#platform/db/database.ts';
import { localFileStore } from '#platform/files/local-file-store.ts';
import { noRenderer } from '#platform/render/renderer.ts';
import { noVault } from '#platform/second-factor/vault.ts';
import type { CliCall } from './command.ts';

/** Does the operator's work as the system, on the database of the installation. */
export async function asOperator(call: CliCall, work: (ctx: Context) => Promise<number>): Promise<number> {
  const database = openDatabase({ url: call.ownerUrl, poolSize: 2, onError: (error) => call.printError(`database: ${error.name}`) });
  const audit = makeAuditLog(database.system);
  const site = { demo: false, version: '', origin: '', localMailbox: false };
  const surroundings = { database, audit, files: localFileStore(call.settings.filesDir), render: noRenderer, vault: noVault, site };
  try {
    return await work(makeContext(surroundings, { actor: { kind: 'system', name: 'operator' }, now: new Date(), requestId: newId() }));
  } finally {
    await audit.drain();
    await database.close();
  }
}
