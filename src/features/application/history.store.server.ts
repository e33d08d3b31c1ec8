import type { Json } from '#platform/db/schema.gen.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';

/** SQL of what was sent before: the form as it stood when the case was returned. */

/** The form kept with the newest 差戻し, before the applicant began to correct it. */
export async function findSubmittedForm(tx: ReadTransaction, applicationId: string): Promise<Json | undefined> {
  const row = await tx
    .selectFrom('application_form')
    .select('form')
    .where('application_id', '=', applicationId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.form;
}

/** Keeps the form as it was judged, so that corrections can be shown beside it (insert only). */
export async function keepForm(tx: WriteTransaction, applicationId: string, { form, at }: { form: unknown; at: Date }): Promise<void> {
  await tx
    .insertInto('application_form')
    .values({ application_id: applicationId, form: JSON.stringify(form), at })
    .execute();
}

/** When the cases of the given steps were sent, by step id. */
export async function listSubmittedAt(tx: ReadTransaction, stepIds: readonly string[]): Promise<{ id: string; submittedAt: Date }[]> {
  if (stepIds.length === 0) return [];
  return await tx
    .selectFrom('application_step')
    .select(['id', 'submitted_at as submittedAt'])
    .where('id', 'in', [...stepIds])
    .execute();
}
