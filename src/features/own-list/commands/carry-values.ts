import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { insertValues, listFields, listValues } from '../field.store.server.ts';
import { carriedValues } from '../rules.ts';
import { savesOf } from './save-values.ts';

type Carry = { personId: string; from: { id: number; name: string }; to: { id: number } };

/**
 * After 合併 or 分割: what stands about a member in the items of the one association goes into the items of the same name and
 * kind of the other, with who wrote it; the former values are kept. Answers how many.
 */
export async function carryValues(tx: WriteTransaction, ctx: Context, { personId, from, to }: Carry): Promise<number> {
  const own = { fields: await listFields(tx, from.id), values: await listValues(tx, { personId, associationId: from.id }) };
  if (own.values.length === 0) return 0;
  const there = { fields: await listFields(tx, to.id), values: await listValues(tx, { personId, associationId: to.id }) };
  const carried = carriedValues(own, there, ctx.today);
  for (const [place, { fieldId, source }] of carried.entries())
    await insertValues(
      tx,
      { personId, associationId: to.id },
      {
        version: savesOf(there.values) + 1 + place,
        accountId: source.accountId,
        authorName: `${source.authorName}(${from.name})`,
        at: ctx.now,
        values: [{ fieldId, value: source.value }],
      },
    );
  return carried.length;
}
