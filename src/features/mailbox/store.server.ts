import type { ReadTransaction } from '#platform/db/transaction.ts';

export const newest = 50;

export type MailLine = { id: string; template: string; to: string; subject: string; state: string; createdAt: Date };
export type Mail = MailLine & { body: string; sentAt: Date | null };

const lineColumns = ['id', 'template', 'to_address as to', 'subject', 'state', 'created_at as createdAt'] as const;

/** The newest mails, of one recipient or of everybody; `to` may be a part of the address. */
export async function listMails(tx: ReadTransaction, to: string): Promise<MailLine[]> {
  const part = `%${to.replaceAll(/[\\%_]/g, (mark) => `\\${mark}`)}%`;
  return await tx
    .selectFrom('mail_message')
    .select(lineColumns)
    .$if(to !== '', (mails) => mails.where('to_address', 'ilike', part))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(newest)
    .execute();
}

/** One mail with its text. */
export async function findMail(tx: ReadTransaction, id: string): Promise<Mail | undefined> {
  return await tx
    .selectFrom('mail_message')
    .select([...lineColumns, 'body', 'sent_at as sentAt'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** When the mail that has waited longest was written; undefined when none waits. */
export async function oldestWaiting(tx: ReadTransaction): Promise<Date | undefined> {
  const row = await tx
    .selectFrom('mail_message')
    .select('created_at as at')
    .where('state', '=', 'waiting')
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.at;
}
