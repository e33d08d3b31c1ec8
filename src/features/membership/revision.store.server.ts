import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';

/** SQL of what a revocation or a move to another affiliation needs to know and to change. */

export type StandingOfStep = {
  id: number;
  kind: string;
  associationId: number;
  affiliationId: string;
  effectiveOn: Day;
  stepId: string | null;
};

/** Events that steps of a case wrote and nothing has superseded. */
export async function listStandingOfSteps(tx: ReadTransaction, personId: string, stepIds: readonly string[]): Promise<StandingOfStep[]> {
  if (stepIds.length === 0) return [];
  return await tx
    .selectFrom('membership_event as e')
    .select([
      'e.id',
      'e.kind',
      'e.association_id as associationId',
      'e.affiliation_id as affiliationId',
      'e.effective_on as effectiveOn',
      'e.application_step_id as stepId',
    ])
    .where('e.person_id', '=', personId)
    .where('e.application_step_id', 'in', [...stepIds])
    .where('e.kind', '<>', 'annulled')
    .where((where) =>
      where.not(where.exists(where.selectFrom('membership_event as s').select('s.id').whereRef('s.supersedes', '=', 'e.id'))),
    )
    .orderBy('e.id')
    .execute();
}

/** Events of a day and later that a step of a case wrote. */
export async function listStepsOfEvents(tx: ReadTransaction, personId: string, since: Day): Promise<{ id: number; stepId: string }[]> {
  const rows = await tx
    .selectFrom('membership_event')
    .select(['id', 'application_step_id as stepId'])
    .where('person_id', '=', personId)
    .where('effective_on', '>=', since)
    .execute();
  return rows.flatMap(({ id, stepId }) => (stepId === null ? [] : [{ id, stepId }]));
}

/** Hands 主たる所属 on; the index of one primary affiliation a person allows no moment with two. */
export async function movePrimary(
  tx: WriteTransaction,
  { personId, from, to }: { personId: string; from: string; to: string },
): Promise<void> {
  const given = await tx
    .updateTable('affiliation')
    .set({ is_primary: false })
    .where('id', '=', from)
    .where('person_id', '=', personId)
    .where('is_primary', '=', true)
    .executeTakeFirst();
  if (given.numUpdatedRows === 0n) return;
  await tx.updateTable('affiliation').set({ is_primary: true }).where('id', '=', to).where('person_id', '=', personId).execute();
}
