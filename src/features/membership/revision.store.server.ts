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

/** Whether the person stays a member directly above one of these associations, by events of other steps, with nobody below. */
export async function anyMembershipAbove(
  tx: ReadTransaction,
  personId: string,
  {
    associationIds,
    exceptSteps,
    exceptEvents,
  }: { associationIds: readonly number[]; exceptSteps: readonly string[]; exceptEvents: readonly number[] },
): Promise<boolean> {
  const row = await tx
    .selectFrom('association_version as v')
    .innerJoin('membership_period as p', 'p.association_id', 'v.parent_id')
    .innerJoin('membership_event as e', 'e.id', 'p.joined_event_id')
    .select('p.id')
    .where('v.association_id', 'in', [...associationIds])
    .where('v.ends_on', 'is', null)
    .where('p.person_id', '=', personId)
    .where('p.left_on', 'is', null)
    .where((where) => where.or([where('e.application_step_id', 'is', null), where('e.application_step_id', 'not in', [...exceptSteps])]))
    .where('v.parent_id', 'not in', [...associationIds])
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('association_version as b')
            .innerJoin('membership_period as o', 'o.association_id', 'b.association_id')
            .select('o.id')
            .whereRef('b.parent_id', '=', 'v.parent_id')
            .where('b.ends_on', 'is', null)
            .where('b.association_id', 'not in', [...associationIds])
            .where('o.person_id', '=', personId)
            .where((one) => one.or([one('o.left_on', 'is', null), one('o.left_event_id', 'in', [0, ...exceptEvents])])),
        ),
      ),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
