import type { Day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { LetterKind } from './labels.ts';

/** SQL of letters with login information (P-04): that they were printed, never what stood in them. Seen by the system only. */

export type PrintedLetter = {
  kind: LetterKind;
  personId: string;
  at: Date;
  until: Date;
  by: { accountId: string; name: string };
  purpose: string;
  consent: string;
  consentOn?: Day | undefined;
};

/** Notes that a letter was printed. */
export async function insertLetter(tx: WriteTransaction, letter: PrintedLetter): Promise<void> {
  await tx
    .insertInto('login_letter')
    .values({
      id: newId(),
      kind: letter.kind,
      person_id: letter.personId,
      printed_at: letter.at,
      valid_until: letter.until,
      printed_by: letter.by.accountId,
      printed_by_name: letter.by.name,
      purpose: letter.purpose,
      consent: letter.consent,
      consent_on: letter.consentOn ?? null,
    })
    .execute();
}

/** Letters since an instant, to one doctor or by one person. */
export async function countLetters(tx: ReadTransaction, ask: { since: Date } & ({ personId: string } | { by: string })): Promise<number> {
  const row = await tx
    .selectFrom('login_letter')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('printed_at', '>=', ask.since)
    .where((where) => ('by' in ask ? where('printed_by', '=', ask.by) : where('person_id', '=', ask.personId)))
    .executeTakeFirstOrThrow();
  return row.n;
}
