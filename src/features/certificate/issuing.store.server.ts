import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** SQL of 発行方法 and 発行者 of associations (`screens.md O-19`): insert only, the newest of a day counts. */

export type Issuing = {
  associationId: number;
  version: number;
  startsOn: Day;
  way: 'direct' | 'office';
  presidentTitle: string;
  presidentName: string;
};

type Row = { association_id: number; version: number; starts_on: Day; way: string; president_title: string; president_name: string };

function typed(row: Row): Issuing {
  return {
    associationId: row.association_id,
    version: row.version,
    startsOn: row.starts_on,
    way: row.way === 'office' ? 'office' : 'direct',
    presidentTitle: row.president_title,
    presidentName: row.president_name,
  };
}

const columns = ['association_id', 'version', 'starts_on', 'way', 'president_title', 'president_name'] as const;

/** What is in force in some associations on a day; one that has set nothing is missing from the answer. */
export async function listIssuingOn(tx: ReadTransaction, ids: readonly number[], on: Day): Promise<Issuing[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('certificate_issuing')
    .select(columns)
    .distinctOn('association_id')
    .where('association_id', '=', sql<number>`ANY (${sql.val([...ids])}::int[])`)
    .where('starts_on', '<=', on)
    .orderBy('association_id')
    .orderBy('version', 'desc')
    .execute();
  return rows.map(typed);
}

/** Every version of one association, newest first. */
export async function listIssuing(tx: ReadTransaction, associationId: number): Promise<Issuing[]> {
  const rows = await tx
    .selectFrom('certificate_issuing')
    .select(columns)
    .where('association_id', '=', associationId)
    .orderBy('version', 'desc')
    .limit(100)
    .execute();
  return rows.map(typed);
}

/** Writes a further version. */
export async function insertIssuing(tx: WriteTransaction, row: Issuing & { at: Date }): Promise<void> {
  await tx
    .insertInto('certificate_issuing')
    .values({
      association_id: row.associationId,
      version: row.version,
      starts_on: row.startsOn,
      way: row.way,
      president_title: row.presidentTitle,
      president_name: row.presidentName,
      recorded_at: row.at,
    })
    .execute();
}
