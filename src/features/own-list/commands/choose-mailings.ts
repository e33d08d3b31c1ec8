import type { WriteTransaction } from '#platform/db/transaction.ts';
import { dropMailingChoice, putMailingChoice } from '../mailing.store.server.ts';
import type { DoctorsMailing } from '../queries/mailings-of-doctor.ts';
import type { SendTo } from '../schema.ts';

export type MailingWish = { mailing: DoctorsMailing; sendTo: SendTo };

/** Writes what a doctor chose for single mailings, inside the command that keeps his 送付物設定. */
export async function writeMailingWishes(
  tx: WriteTransaction,
  personId: string,
  { wishes, at }: { wishes: readonly MailingWish[]; at: Date },
): Promise<void> {
  for (const { mailing, sendTo } of wishes) {
    if (sendTo === 'default') await dropMailingChoice(tx, personId, mailing.id);
    else await putMailingChoice(tx, personId, { mailing, sendTo, at });
  }
}
