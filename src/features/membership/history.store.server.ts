import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';

/** SQL of a person's ledger as a list of lines. */

export type HistoryRow = {
  id: number;
  associationId: number;
  associationName: string;
  layer: number;
  kind: string;
  correctedKind: string | null;
  effectiveOn: Day;
  categoryName: string | null;
  facilityName: string | null;
  reason: string;
  recordedAt: Date;
  stepId: string | null;
  supersedes: number | null;
};

/** A person changes associations a few dozen times in a life; more lines than this are not shown at once. */
export const mostHistoryLines = 1000;

/** Everything recorded about a person that the actor may see, newest day first; names as they were valid on the day. */
export async function listHistory(tx: ReadTransaction, personId: string): Promise<HistoryRow[]> {
  return await tx
    .selectFrom('membership_event as e')
    .innerJoin('association as a', 'a.id', 'e.association_id')
    .innerJoin('association_version as v', (join) =>
      join
        .onRef('v.association_id', '=', 'e.association_id')
        .onRef('v.starts_on', '<=', 'e.effective_on')
        .on((on) => on.or([on('v.ends_on', 'is', null), on('v.ends_on', '>=', on.ref('e.effective_on'))])),
    )
    .leftJoin('member_category as c', 'c.id', 'e.category_id')
    .leftJoin('facility as f', 'f.id', 'e.facility_id')
    .select([
      'e.id',
      'e.association_id as associationId',
      'v.name as associationName',
      'a.layer',
      'e.kind',
      'e.corrected_kind as correctedKind',
      'e.effective_on as effectiveOn',
      'c.name as categoryName',
      'f.name as facilityName',
      'e.reason',
      'e.recorded_at as recordedAt',
      'e.application_step_id as stepId',
      'e.supersedes',
    ])
    .where('e.person_id', '=', personId)
    .orderBy('e.effective_on', 'desc')
    .orderBy('e.id', 'desc')
    .limit(mostHistoryLines)
    .execute();
}

/** Workplaces of some affiliations. */
export async function listAffiliationNames(
  tx: ReadTransaction,
  ids: readonly string[],
): Promise<{ id: string; facilityName: string | null }[]> {
  if (ids.length === 0) return [];
  return await tx
    .selectFrom('affiliation as a')
    .leftJoin('facility as f', 'f.id', 'a.facility_id')
    .select(['a.id', 'f.name as facilityName'])
    .where('a.id', 'in', [...ids])
    .execute();
}

/** Associations in which anything was ever recorded of a person. */
export async function listAssociationsOf(tx: ReadTransaction, personId: string): Promise<number[]> {
  const rows = await tx.selectFrom('membership_event').select('association_id').distinct().where('person_id', '=', personId).execute();
  return rows.map((row) => row.association_id);
}
