import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { mailingKinds } from '../labels.ts';
import type { OfferedMailing } from '../mailing.store.server.ts';
import { listMailingsOf } from '../mailing.store.server.ts';
import type { SendTo } from '../schema.ts';
import { sendToInput } from '../schema.ts';
import { wordOf } from './lists.ts';

/** What is sent to a doctor and where he wants it (`screens.md D-04`), for the features above. */

export type DoctorsMailing = {
  id: number;
  associationId: number;
  associationName: string;
  name: string;
  kind: string;
  sendTo: SendTo;
  /** What may be chosen, the present choice among it. */
  offered: SendTo[];
};

/** Mails have no place to choose; 送付不要 only where the office allows it. */
function offeredFor({ kind, refusable }: Pick<OfferedMailing, 'kind' | 'refusable'>): SendTo[] {
  return ['default', ...(kind === 'mail' ? [] : (['facility', 'home'] as const)), ...(refusable ? (['none'] as const) : [])];
}

/** Mailings of all associations of a doctor on a day; a choice that is not offered any more counts as the default. */
export async function mailingsOfDoctor(tx: ReadTransaction, personId: string, on: Day): Promise<DoctorsMailing[]> {
  return (await listMailingsOf(tx, personId, on)).map((row) => {
    const offered = offeredFor(row);
    const kept = sendToInput.catch('default').parse(row.sendTo);
    return {
      id: row.id,
      associationId: row.associationId,
      associationName: row.associationName,
      name: row.name,
      kind: wordOf(mailingKinds, row.kind),
      sendTo: offered.includes(kept) ? kept : 'default',
      offered,
    };
  });
}
