import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { JoinShown } from '../fields.ts';
import { joinForm } from '../schema.ts';
import type { CaseQuestion } from './case-question.ts';
import { loadChangeShown } from './change-shown.ts';
import { loadJoinShown } from './join-shown.ts';
import { loadTransferShown } from './transfer-shown.ts';
import { loadWithdrawalShown } from './withdrawal-shown.ts';

/** What an application of any kind says, with the words its codes stand for. */

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
