import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** SQL of 送付物設定 (`screens.md D-04`). */

export type MailingRow = NonNullable<Awaited<ReturnType<typeof findMailing>>>;

/** What a doctor has chosen; undefined while the defaults hold. */
export async function findMailing(tx: ReadTransaction, personId: string) {
  return await tx
    .selectFrom('mailing_preference')
    .select([
      'send_to as sendTo',
      'affiliation_id as affiliationId',
      'fax_to as faxTo',
      'mail_notices as mailNotices',
      'mail_training as mailTraining',
      'version',
      'changed_at as changedAt',
    ])
    .where('person_id', '=', personId)
    .executeTakeFirst();
}

export type Mailing = Omit<MailingRow, 'version' | 'changedAt'>;

/** Keeps a choice. */
export async function putMailing(tx: WriteTransaction, personId: string, kept: { mailing: Mailing; at: Date }): Promise<void> {
  const { mailing, at } = kept;
  const values = {
    send_to: mailing.sendTo,
    affiliation_id: mailing.affiliationId,
    fax_to: mailing.faxTo,
    mail_notices: mailing.mailNotices,
    mail_training: mailing.mailTraining,
    changed_at: at,
  };
  await tx
    .insertInto('mailing_preference')
    .values({ person_id: personId, ...values })
    .onConflict((conflict) =>
      conflict.column('person_id').doUpdateSet((expression) => ({ ...values, version: expression('mailing_preference.version', '+', 1) })),
    )
    .execute();
}

/** Of these persons the ones who want no mails of a kind. */
export async function listRefusing(tx: ReadTransaction, personIds: readonly string[], kind: 'notices' | 'training'): Promise<string[]> {
  if (personIds.length === 0) return [];
  const rows = await tx
    .selectFrom('mailing_preference')
    .select('person_id as personId')
    .where('person_id', '=', sql<string>`ANY (${sql.val([...personIds])}::uuid[])`)
    .where(kind === 'notices' ? 'mail_notices' : 'mail_training', '=', false)
    .execute();
  return rows.map((row) => row.personId);
}
