import type { WriteTransaction } from '#platform/db/transaction.ts';
import { isUndecided } from '../flow.ts';
import type { Case } from '../store.server.ts';
import { updateStep } from '../step.store.server.ts';

/** Ends every step of a case that nobody has decided, when the case itself ends. */
export async function closeWaitingSteps(tx: WriteTransaction, target: Pick<Case, 'steps'>): Promise<void> {
  const undecided = target.steps.filter((step) => isUndecided(step.state));
  for (const step of undecided) await updateStep(tx, { id: step.id, from: step.state }, { state: 'skipped' });
}
