import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { listMailings } from '../mailing.store.server.ts';
import { stateOn } from '../rules.ts';

/** What an association posts on a day (`screens.md O-20`): 送付物 that have an address label, for the features above. */
export async function postalMailingsOf(tx: ReadTransaction, associationId: number, on: Day): Promise<{ id: number; name: string }[]> {
  const all = await listMailings(tx, associationId);
  return all
    .filter((row) => row.kind === 'post' && row.startsOn <= on && stateOn(row, on) === 'current')
    .map(({ id, name }) => ({ id, name }));
}
