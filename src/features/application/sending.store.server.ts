import type { Day } from '#kernel/day.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';

/** SQL of the moment in which a draft becomes a case. */

type Submission = {
  id: string;
  version: number;
  now: Date;
  form: unknown;
  wishedOn: Day;
  affiliationId: string | null;
  openKey: string;
  followsId: string | undefined;
  year: number;
  applicant: { name: string; kana: string; licence: string };
  heldUntil: Day | undefined;
  /** Why the case is 要注意 from the beginning. */
  attentionReason: string | undefined;
};

/** Gives the draft its number and sends it off; the unique index on `open_key` stops a second open one (`rules.md 3.11`). */
export async function submitDraft(tx: WriteTransaction, submission: Submission): Promise<string> {
  const row = await tx
    .updateTable('application')
    .set((expression) => ({
      version: expression('version', '+', 1),
      state: 'submitted',
      updated_at: submission.now,
      submitted_at: submission.now,
      number: sql<string>`${String(submission.year)} || '-' || lpad(nextval('application_number')::text, 7, '0')`,
      form: JSON.stringify(submission.form),
      wished_on: submission.wishedOn,
      affiliation_id: submission.affiliationId,
      open_key: submission.openKey,
      follows_id: submission.followsId ?? null,
      applicant_name: submission.applicant.name,
      applicant_kana: submission.applicant.kana,
      applicant_licence: submission.applicant.licence,
      held_until: submission.heldUntil ?? null,
      attention: submission.attentionReason !== undefined,
      attention_reason: submission.attentionReason ?? '',
    }))
    .where('id', '=', submission.id)
    .where('version', '=', submission.version)
    .returning('number')
    .executeTakeFirstOrThrow();
  return row.number ?? '';
}
