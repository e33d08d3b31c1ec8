import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { SystemSettings } from '../schema.ts';
import { withDefaults } from '../schema.ts';
import { listStored } from '../store.server.ts';

/** The periods of the installation as they are set now (`rules.md 4.4`); asked inside the caller's transaction. No personal data. */
export async function systemSettingsOf(tx: ReadTransaction): Promise<SystemSettings> {
  return withDefaults(await listStored(tx));
}
