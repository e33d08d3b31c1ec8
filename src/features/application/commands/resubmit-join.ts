import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { isReturned } from '../flow.ts';
import type { RawDetails } from '../schema.ts';
import { categoryField, joinForm, versionedInput } from '../schema.ts';
import { updateWishedCategories } from '../step.store.server.ts';
import { loadCase } from '../store.server.ts';
import { findSubmittedForm } from '../history.store.server.ts';
import { comeBack } from './come-back.ts';
import { caseLocks, gate } from './gate.ts';
import type { FieldChange } from './paper-changes.ts';
import { judgeDetails, loadDetailsAround } from './save-details.ts';

function asText(value: RawDetails[string] | undefined): string {
  return value === undefined ? '' : Array.isArray(value) ? value.join('、') : String(value);
}

/** Fields of step 2 and categories that differ from what was sent before, by field name. */
export function changedFields(before: unknown, after: unknown): FieldChange[] {
  const old = joinForm.safeParse(before);
  const now = joinForm.safeParse(after);
  if (!old.success || !now.success) return [];
  const names = [...new Set([...Object.keys(old.data.details), ...Object.keys(now.data.details)])];
  const details = names
    .map((field) => ({ field, before: asText(old.data.details[field]), after: asText(now.data.details[field]) }))
    .filter((change) => change.before !== change.after);
  const categories = now.data.choices.flatMap((choice) => {
    const earlier = old.data.choices.find((one) => one.associationId === choice.associationId);
    return earlier === undefined || earlier.categoryId === choice.categoryId
      ? []
      : [
          {
            field: `categories.${categoryField(choice.associationId)}`,
            before: String(earlier.categoryId),
            after: String(choice.categoryId),
          },
        ];
  });
  return [...categories, ...details];
}

/** The doctor sends a returned case again: it goes back to the office that returned it (`rules.md 3.8`). */
export const resubmitJoin = command({
  name: 'application.resubmit',
  input: versionedInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => {
    const target = await loadCase(tx, ctx.actor, input.id);
    if (target === undefined || target.kind !== 'join') return undefined;
    const form = joinForm.safeParse(target.form);
    const facilityId = form.success ? form.data.details['facilityId'] : '';
    const around = await loadDetailsAround(tx, ctx, { target, facilityId: typeof facilityId === 'string' ? facilityId : '' });
    return around === undefined || !form.success
      ? undefined
      : { target, around, form: form.data, before: await findSubmittedForm(tx, target.id) };
  },
  allow: (ctx, { target }, input) => gate(ctx, 'resubmit', { target, seen: input.version }),
  decide: (ctx, { target, around, form, before }) => {
    const judged = judgeDetails(around, form.details, ctx);
    if (!judged.ok) return judged;
    const { wishedOn } = judged.value;
    const step = target.steps.find((candidate) => isReturned(candidate.state));
    if (step === undefined || wishedOn === undefined) return refuse('conflict');
    return accepted({ step, wishedOn, changes: changedFields(before ?? target.form, target.form) });
  },
  save: async (tx, { ctx, target: { target, form }, decision }) => {
    await updateWishedCategories(tx, target.steps, form.choices);
    return await comeBack(tx, ctx, { target, ...decision });
  },
});
