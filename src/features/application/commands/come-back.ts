import type { Day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { isDecided, isUndecided } from '../flow.ts';
import type { NewStep } from '../step.store.server.ts';
import { insertAction, insertSteps } from '../step.store.server.ts';
import type { Case, CaseStep } from '../store.server.ts';
import { updateApplication } from '../store.server.ts';
import { signature } from './gate.ts';
import type { FieldChange, PaperChanges } from './paper-changes.ts';
import { paperChangesOf } from './paper-changes.ts';
import { reachOne } from './reach.ts';

/** A category concerns its own association alone; everything else was before the eyes of those who approved (`rules.md 3.8`). */
function touchesOthers(change: FieldChange): boolean {
  return !change.field.startsWith('categories.');
}

type Corrected = { changes: readonly FieldChange[]; papers: PaperChanges };

/** 確認 for offices that had approved before the correction; not where such a 確認 is open already. */
function corrections(target: Case, { changes, papers }: Corrected, now: Date): NewStep[] {
  const touched = (step: CaseStep) => changes.some(touchesOthers) || papers.readAt(step.associationId);
  const asked = (step: CaseStep) =>
    target.steps.some((one) => one.associationId === step.associationId && one.role === 'acknowledge' && isUndecided(one.state));
  const approved = target.steps.filter((step) => isDecided(step.state) && !asked(step) && touched(step));
  const next = Math.max(...target.steps.map((step) => step.ordinal)) + 1;
  return approved.map((step, index) => ({
    id: newId(),
    applicationId: target.id,
    leg: 'change',
    ordinal: next + index,
    personId: target.personId,
    associationId: step.associationId,
    layer: step.layer,
    role: 'acknowledge',
    state: 'arrived',
    categoryId: null,
    heldCategoryId: step.decidedCategoryId,
    settingsVersion: step.settingsVersion,
    submittedAt: now,
    arrivedAt: now,
    receivedAt: null,
  }));
}

type Return = { target: Case; step: CaseStep; wishedOn: Day; changes: readonly FieldChange[] };

/** What every resubmission does: back to the office that returned it, with what changed; those who had approved are asked for 確認. */
export async function comeBack(tx: WriteTransaction, ctx: Context, { target, step, wishedOn, changes: fields }: Return) {
  const papers = await paperChangesOf(tx, target);
  const changes = [...fields, ...papers.changes];
  await updateApplication(tx, { id: target.id, version: target.version, now: ctx.now }, { state: 'submitted', wishedOn });
  const asked = corrections(target, { changes: fields, papers }, ctx.now);
  if (asked.length > 0) await insertSteps(tx, asked);
  const line = { applicationId: target.id, stepId: step.id, action: 'resubmit', from: 'returned', to: 'submitted', changes } as const;
  await insertAction(tx, { ...line, ...signature(ctx) });
  const reached = await reachOne(tx, ctx, { target, next: step, from: 'returned' });
  return {
    value: { id: target.id },
    audit: {
      action: 'application.resubmit',
      personIds: [target.personId],
      target: target.id,
      detail: { fields: changes.map((change) => change.field) },
    },
    alsoAudit: reached.alsoAudit,
    events: [{ kind: 'application.resubmitted', payload: { applicationId: target.id, stepId: step.id } }, ...reached.events],
  };
}
