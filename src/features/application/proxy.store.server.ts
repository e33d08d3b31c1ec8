import type { Json } from '#platform/db/schema.gen.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { ApplicationKind, ApplicationState } from './flow.ts';
import { sql } from 'kysely';
import { kindOf, stateOf } from './store.server.ts';

/** SQL of what an office has entered for one doctor. */

export type ProxyPaperRow = { id: string; number: string | null; kind: ApplicationKind; form: Json; updatedAt: Date };

/** Papers that the office has under way for a doctor, drafts first. */
export async function listProxyPapers(tx: ReadTransaction, ask: { associationId: number; personId: string }): Promise<ProxyPaperRow[]> {
  const rows = await tx
    .selectFrom('application')
    .select(['id', 'number', 'kind', 'form', 'updated_at'])
    .where('person_id', '=', ask.personId)
    .where('proxy_association_id', '=', ask.associationId)
    .where('state', 'in', ['draft', 'submitted', 'returned'])
    .orderBy('number')
    .orderBy('created_at', 'desc')
    .limit(50)
    .execute();
  return rows
    .map((row) => ({ id: row.id, number: row.number, kind: kindOf(row.kind), form: row.form, updatedAt: row.updated_at }))
    .toSorted((a, b) => Number(a.number !== null) - Number(b.number !== null));
}

/** Who sent a case off, and when; `accountId` is null for our own jobs. */
export async function findEntry(tx: ReadTransaction, applicationId: string): Promise<{ accountId: string | null; at: Date } | undefined> {
  return await tx
    .selectFrom('application_action')
    .select(['account_id as accountId', 'at'])
    .where('application_id', '=', applicationId)
    .where('action', '=', 'submit')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

/** 退会届 by a person's death that run or have taken effect. */
export async function listDeathPapers(tx: ReadTransaction, personId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('application')
    .select('id')
    .where('person_id', '=', personId)
    .where('kind', '=', 'withdrawal')
    .where('state', 'in', ['submitted', 'returned', 'completed'])
    .where(sql<boolean>`form ->> 'ground' = 'death'`)
    .orderBy('id')
    .limit(100)
    .execute();
  return rows.map((row) => row.id);
}

/** Cases that an entry of a death has ended, with how they stood and which step had been sent back. */
export async function listEndedBy(
  tx: ReadTransaction,
  entryId: string,
): Promise<{ id: string; was: ApplicationState; returnedStepId: string | null; openKey: string | null }[]> {
  const rows = await tx
    .selectFrom('application as a')
    .select((shown) => [
      'a.id',
      'a.open_key as openKey',
      shown
        .selectFrom('application_action as x')
        .select('x.from_state')
        .whereRef('x.application_id', '=', 'a.id')
        .where('x.action', '=', 'cancel')
        .orderBy('x.id', 'desc')
        .limit(1)
        .as('was'),
      shown
        .selectFrom('application_action as x')
        .select('x.step_id')
        .whereRef('x.application_id', '=', 'a.id')
        .where('x.action', '=', 'return')
        .orderBy('x.id', 'desc')
        .limit(1)
        .as('returnedStepId'),
    ])
    .where('a.ended_by', '=', entryId)
    .orderBy('a.id')
    .limit(100)
    .execute();
  return rows.map(({ id, was, returnedStepId, openKey }) => ({ id, was: stateOf(was ?? 'submitted'), returnedStepId, openKey }));
}
