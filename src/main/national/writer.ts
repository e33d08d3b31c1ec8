import type pg from 'pg';
import type { CopyValue } from '#platform/db/copy.ts';
import { copyInto, copyLine } from '#platform/db/copy.ts';
import type { LoadTable } from './tables.ts';
import { tables } from './tables.ts';

/** Gathers rows in memory and sends them table by table. */
export type Writer = {
  add: (table: LoadTable, values: readonly CopyValue[]) => void;
  /** Sends what has gathered; new rows gather while the server works. */
  flush: () => Promise<void>;
};

const names: readonly LoadTable[] = [
  'facility',
  'person',
  'person_licence',
  'affiliation',
  'membership_event',
  'membership_period',
  'membership_phase',
  'application',
  'application_step',
  'application_action',
];

/** A writer by COPY on one connection. */
export function makeWriter(client: pg.Client): Writer {
  let gathered = new Map<LoadTable, string[]>();
  return {
    add: (table, values) => {
      const lines = gathered.get(table);
      if (lines === undefined) gathered.set(table, [copyLine(values)]);
      else lines.push(copyLine(values));
    },
    flush: async () => {
      const sending = gathered;
      gathered = new Map();
      for (const table of names) {
        const lines = sending.get(table);
        if (lines !== undefined) await copyInto(client, { table, columns: tables[table] }, Buffer.from(lines.join('')));
      }
    },
  };
}
