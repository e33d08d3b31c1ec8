import type { Day } from '#kernel/day.ts';
import type { AssociationSettings } from '#features/association/schema.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { JoinShown } from '../fields.ts';
import type { ApplicationKind, Leg } from '../flow.ts';
import { joinForm } from '../schema.ts';
import { loadChangeShown } from './change-shown.ts';
import { loadJoinShown } from './join-shown.ts';
import { loadTransferShown } from './transfer-shown.ts';
import { loadWithdrawalShown } from './withdrawal-shown.ts';

/** What an application of any kind says, with the words its codes stand for. */

export type CaseQuestion = {
  kind: ApplicationKind;
  form: unknown;
  applicationId: string;
  /** Settings of the associations concerned: today's for a draft, the pinned ones for a case. */
  settings: readonly AssociationSettings[];
  /** The day on which names and code lists are read: today for a draft, the day of submission for a case. */
  on: Day;
  /** The side of a transfer that reads; the applicant reads everything. */
  side?: Leg;
};

/** Undefined while the form is not one of its kind. */
export async function loadCaseShown(tx: ReadTransaction, question: CaseQuestion): Promise<JoinShown | undefined> {
  switch (question.kind) {
    case 'join': {
      const form = joinForm.safeParse(question.form);
      return form.success ? await loadJoinShown(tx, { ...question, form: form.data }) : undefined;
    }
    case 'change':
      return await loadChangeShown(tx, question);
    case 'transfer':
      return await loadTransferShown(tx, question);
    case 'withdrawal':
      return await loadWithdrawalShown(tx, question);
  }
}
