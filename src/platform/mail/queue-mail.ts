import { newId } from '#kernel/id.ts';
import type { WriteTransaction } from '../db/transaction.ts';
import { isMailAddress, mailBody, mailSubject } from './mail-text.ts';

export type NewMail = {
  /** Number of the mail in screens.md 8. */
  template: `M-${string}`;
  /** One mail per key, however often a reaction runs, e.g. `M-10:{applicationId}`; no personal data. */
  dedupeKey: string;
  to: string;
  /** Without 【MAMIS】. */
  subject: string;
  /** Plain text without the foot. No personal data but the name and 受付番号 (screens.md 1.7). */
  body: string;
  /** The doctor it goes to; nothing is written to a person recorded as dead. */
  personId?: string;
};

/**
 * Hands one mail to one recipient to the queue, in the caller's transaction: it is sent after the commit or not at all.
 * Only the system actor may write mails, so reactions call this, not commands.
 * What is no plain address is noted as failed and not kept, so that one wrong entry does not hold up everybody's mail.
 * @throws RangeError for a subject that could carry a second header line
 */
export async function queueMail(tx: WriteTransaction, mail: NewMail): Promise<void> {
  if (mail.personId !== undefined && (await isDead(tx, mail.personId))) return;
  await queueMails(tx, [mail]);
}

/**
 * Hands many mails to the queue at once, each to its one recipient, under the same rules as `queueMail`. Whether a person
 * lives is the caller's question here; the sending asks it once more.
 */
export async function queueMails(tx: WriteTransaction, mails: readonly NewMail[]): Promise<void> {
  if (mails.length === 0) return;
  await tx
    .insertInto('mail_message')
    .values(
      mails.map((mail) => ({
        id: newId(),
        template: mail.template,
        dedupe_key: mail.dedupeKey,
        ...recipient(mail.to),
        subject: mailSubject(mail.subject),
        body: mailBody(mail.body),
        person_id: mail.personId ?? null,
      })),
    )
    .onConflict((conflict) => conflict.column('dedupe_key').doNothing())
    .execute();
}

function recipient(to: string): { to_address: string; state: 'waiting' | 'failed'; last_error: string } {
  return isMailAddress(to)
    ? { to_address: to, state: 'waiting', last_error: '' }
    : { to_address: '', state: 'failed', last_error: 'not one plain mail address' };
}

async function isDead(tx: WriteTransaction, personId: string): Promise<boolean> {
  const person = await tx.selectFrom('person').select('died_on').where('id', '=', personId).executeTakeFirst();
  return person !== undefined && person.died_on !== null;
}
