import { migrate } from '#platform/db/migrate.ts';
import type { CliCommand } from './command.ts';

/** Brings the database to the newest schema, as every start does. */
export const migrateDatabase: CliCommand = {
  about: 'brings the database to the newest schema',
  options: '',
  run: async ({ ownerUrl, print }) => {
    await migrate({ ownerUrl, log: print });
    print('The database is up to date.');
    return 0;
  },
};
