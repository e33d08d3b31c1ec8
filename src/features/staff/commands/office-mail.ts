import { createHash } from 'node:crypto';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { kindOfMail, oncePerAddress } from '../mail-choice.ts';
import { addLine, listReaders } from '../mail-choice.store.server.ts';

export type OfficeMail = {
  associationId: number;
  template: `M-${string}`;
  /** One mail or line for each reader per key; holds no personal data. */
  key: string;
  subject: string;
  body: string;
  /** The same in one line for the daily mail, without names; the subject where nothing is given. */
  line?: string;
};

/** Keys hold no address. */
function hashOf(address: string): string {
  return createHash('sha256').update(address).digest('hex').slice(0, 16);
}

/** Writes to all who work at an office, each as he has chosen: at once, with the daily mail, or not at all (`screens.md O-27`). */
export async function writeToOffice(tx: WriteTransaction, ctx: Context, mail: OfficeMail): Promise<void> {
  const { associationId, template, key, subject, body, line = subject } = mail;
  const readers = await listReaders(tx, { associationId, kind: kindOfMail(template), on: ctx.today });
  for (const { accountId, mail: to, choice } of oncePerAddress(readers)) {
    if (choice === 'each') await queueMail(tx, { template, dedupeKey: `${template}:${key}:${hashOf(to)}`, to, subject, body });
    if (choice === 'daily') await addLine(tx, { accountId, associationId }, { key: `${template}:${key}`, line, at: ctx.now });
  }
}
