import type { Json } from '#platform/db/schema.gen.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { ApplicationKind } from './flow.ts';
import { kindOf } from './store.server.ts';

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
