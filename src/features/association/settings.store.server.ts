import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** SQL of 環境設定: its versions, plans taken back, and how many running cases keep which version. */

export type SettingsVersionRow = {
  version: number;
  startsOn: Day;
  settings: unknown;
  reason: string;
  createdBy: string;
  recordedAt: Date;
  withdrawn: { by: string; reason: string; at: Date } | undefined;
};

/** Every version of one association, oldest first. An association plans a few a year. */
export async function listSettingsVersions(tx: ReadTransaction, associationId: number): Promise<SettingsVersionRow[]> {
  const rows = await tx
    .selectFrom('association_settings as s')
    .leftJoin('association_settings_withdrawal as w', (join) =>
      join.onRef('w.association_id', '=', 's.association_id').onRef('w.version', '=', 's.version'),
    )
    .select([
      's.version',
      's.starts_on',
      's.settings',
      's.reason',
      's.created_by_name',
      's.recorded_at',
      'w.withdrawn_by_name',
      'w.reason as withdrawn_reason',
      'w.recorded_at as withdrawn_at',
    ])
    .where('s.association_id', '=', associationId)
    .orderBy('s.version')
    .limit(1_000)
    .execute();
  return rows.map((row) => ({
    version: row.version,
    startsOn: row.starts_on,
    settings: row.settings,
    reason: row.reason,
    createdBy: row.created_by_name,
    recordedAt: row.recorded_at,
    withdrawn:
      row.withdrawn_at === null ? undefined : { by: row.withdrawn_by_name ?? '', reason: row.withdrawn_reason ?? '', at: row.withdrawn_at },
  }));
}

/** Running cases of the association by the version they were submitted under. */
export async function countPinnedCases(tx: ReadTransaction, associationId: number): Promise<{ version: number; cases: number }[]> {
  return await tx
    .selectFrom('application_step')
    .select(['settings_version as version', sql<number>`count(DISTINCT application_id)::int`.as('cases')])
    .where('association_id', '=', associationId)
    .where('open', '=', true)
    .groupBy('settings_version')
    .execute();
}

export type NewSettings = {
  associationId: number;
  version: number;
  startsOn: Day;
  settings: unknown;
  reason: string;
  createdBy: string | null;
  createdByName: string;
  at: Date;
};

/** One more version; its number is the primary key, so that of two at the same moment one fails. */
export async function insertSettings(tx: WriteTransaction, row: NewSettings): Promise<void> {
  await tx
    .insertInto('association_settings')
    .values({
      association_id: row.associationId,
      version: row.version,
      starts_on: row.startsOn,
      settings: JSON.stringify(row.settings),
      reason: row.reason,
      created_by: row.createdBy,
      created_by_name: row.createdByName,
      recorded_at: row.at,
    })
    .execute();
}

export type NewWithdrawal = { associationId: number; version: number; reason: string; by: string | null; byName: string; at: Date };

/** A planned version is taken back; its row stays. */
export async function insertSettingsWithdrawal(tx: WriteTransaction, row: NewWithdrawal): Promise<void> {
  await tx
    .insertInto('association_settings_withdrawal')
    .values({
      association_id: row.associationId,
      version: row.version,
      reason: row.reason,
      withdrawn_by: row.by,
      withdrawn_by_name: row.byName,
      recorded_at: row.at,
    })
    .execute();
}
