import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { FaqState } from './flow.ts';
import { faqFlow, firstFaqState } from './flow.ts';

/** SQL of what desks have added to よくある質問. */

export type FaqRow = { id: string; question: string; answer: string; state: FaqState; addedName: string; addedAt: Date };

const mostShown = 200;

/** What is shown, newest first. */
export async function listFaq(tx: ReadTransaction): Promise<FaqRow[]> {
  const rows = await tx
    .selectFrom('faq_entry')
    .select(['id', 'question', 'answer', 'state', 'added_name as addedName', 'added_at as addedAt'])
    .where('state', '=', firstFaqState)
    .orderBy('added_at', 'desc')
    .orderBy('id', 'desc')
    .limit(mostShown)
    .execute();
  return rows.map((row) => ({ ...row, state: stateOf(row.state) }));
}

function stateOf(text: string): FaqState {
  if (!faqFlow.isState(text)) throw new RangeError(`unknown state of a question: ${text}`);
  return text;
}

/** The state of one of them. */
export async function findFaq(tx: ReadTransaction, id: string): Promise<{ id: string; state: FaqState } | undefined> {
  const row = await tx.selectFrom('faq_entry').select(['id', 'state']).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : { id: row.id, state: stateOf(row.state) };
}

/** Adds one. */
export async function insertFaq(
  tx: WriteTransaction,
  row: { id: string; question: string; answer: string; by: string; name: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('faq_entry')
    .values({
      id: row.id,
      question: row.question,
      answer: row.answer,
      state: firstFaqState,
      added_by: row.by,
      added_name: row.name,
      added_at: row.at,
    })
    .execute();
}

/** Takes one back; it stays in the table. */
export async function withdrawFaq(
  tx: WriteTransaction,
  id: string,
  { state, name, at }: { state: FaqState; name: string; at: Date },
): Promise<void> {
  await tx.updateTable('faq_entry').set({ state, withdrawn_name: name, withdrawn_at: at }).where('id', '=', id).execute();
}
