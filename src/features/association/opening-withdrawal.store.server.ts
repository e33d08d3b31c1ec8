import type { Day } from '#kernel/day.ts';
import { addDays } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import { changeFlow, firstOpeningState, isUnsettled, openingFlow } from './flow.ts';
import { codeOf } from './labels.ts';

/** SQL of a 設立 that is taken back before its day (`screens.md J-02`), and of what stands in the way. */

export type OpeningWithdrawal = {
  associationId: number;
  opensOn: Day;
  reason: string;
  withdrawnBy: string;
  withdrawnName: string;
  withdrawnAt: Date;
};

/** Who took a 設立 back, and why; undefined when nobody did. */
export async function findOpeningWithdrawal(tx: ReadTransaction, associationId: number): Promise<OpeningWithdrawal | undefined> {
  return await tx
    .selectFrom('association_opening_withdrawal')
    .select([
      'association_id as associationId',
      'opens_on as opensOn',
      'reason',
      'withdrawn_by as withdrawnBy',
      'withdrawn_by_name as withdrawnName',
      'recorded_at as withdrawnAt',
    ])
    .where('association_id', '=', associationId)
    .executeTakeFirst();
}

/**
 * Takes a 設立 back: the association ends before it begins, with all that hangs on it, and nobody's name and address stays of those
 * who were to be invited. `today` is the day of the take-back.
 */
export async function insertOpeningWithdrawal(tx: WriteTransaction, one: OpeningWithdrawal, today: Day): Promise<void> {
  await tx
    .insertInto('association_opening_withdrawal')
    .values({
      association_id: one.associationId,
      opens_on: one.opensOn,
      reason: one.reason,
      withdrawn_by: one.withdrawnBy,
      withdrawn_by_name: one.withdrawnName,
      recorded_at: one.withdrawnAt,
    })
    .execute();
  // From today on nobody finds it open, on whatever day he asks for.
  await tx
    .insertInto('association_closing')
    .values({ association_id: one.associationId, closes_on: addDays(today, -1), recorded_at: one.withdrawnAt })
    .execute();
  await sql`SELECT forget_first_admins(${one.associationId})`.execute(tx);
}

const opened = openingFlow.states.filter((state) => openingFlow.next(state, 'takeBack') !== undefined);

/** The lines of files by which an association was opened. */
export async function listOpenedLines(tx: ReadTransaction, code: string): Promise<string[]> {
  const rows = await tx.selectFrom('association_opening').select('id').where('code', '=', code).where('state', 'in', opened).execute();
  return rows.map((row) => row.id);
}

const unsettled = changeFlow.states.filter((state) => isUnsettled(state));

const mostNamed = 20;

/** Codes of associations for which a place below this one is planned. */
export async function listPlannedBelow(tx: ReadTransaction, parentId: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('association_change')
    .select('association_id as id')
    .where('parent_id', '=', parentId)
    .where('state', 'in', unsettled)
    .orderBy('association_id')
    .limit(mostNamed)
    .execute();
  return rows.map((row) => codeOf(row.id));
}

/** Codes of new associations below this one that wait for their second person. */
export async function listWaitingBelow(tx: ReadTransaction, parentCode: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('association_opening')
    .select('code')
    .where('parent_code', '=', parentCode)
    .where('state', '=', firstOpeningState)
    .orderBy('code')
    .limit(mostNamed)
    .execute();
  return rows.map((row) => row.code);
}

/** How many invitations its office has sent or will send. */
export async function countInvitations(tx: ReadTransaction, associationId: number): Promise<number> {
  const found = await sql<{ count: number }>`SELECT association_invitations(${associationId}) AS count`.execute(tx);
  return found.rows[0]?.count ?? 0;
}
