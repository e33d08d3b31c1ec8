import { accepted, refuse } from '#kernel/refusal.ts';
import { command } from '#platform/command/command.ts';
import { isReturned } from '../flow.ts';
import type { ChangeForm, TransferForm } from '../forms.ts';
import { changeForm, transferForm } from '../forms.ts';
import { findSubmittedForm } from '../history.store.server.ts';
import { texts } from '../messages.ts';
import type { Choice, RawDetails } from '../schema.ts';
import { categoryField, versionedInput } from '../schema.ts';
import { updateWishedCategories } from '../step.store.server.ts';
import { loadCase, updateApplication } from '../store.server.ts';
import { comeBack } from './come-back.ts';
import { caseLocks, gate } from './gate.ts';
import type { FieldChange } from './paper-changes.ts';
import { judgeDetails } from './save-details.ts';
import { loadChange, settleChange } from './submit-change.ts';
import { loadTransfer, wishOf } from './submit-transfer.ts';

/** A returned 異動届 is sent again: back to the office that returned it (`rules.md 3.8`). */

function asText(value: RawDetails[string] | undefined): string {
  return value === undefined ? '' : Array.isArray(value) ? value.join('、') : String(value);
}

function changedDetails(before: RawDetails, after: RawDetails): FieldChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((field) => ({ field, before: asText(before[field]), after: asText(after[field]) }))
    .filter((change) => change.before !== change.after);
}

function changedCategories(before: readonly Choice[], after: readonly Choice[]): FieldChange[] {
  const ids = new Set([...before, ...after].map((one) => one.associationId));
  const held = (choices: readonly Choice[], id: number) => String(choices.find((one) => one.associationId === id)?.categoryId ?? '');
  return [...ids]
    .map((id) => ({ field: `categories.${categoryField(id)}`, before: held(before, id), after: held(after, id) }))
    .filter((change) => change.before !== change.after);
}

type Common = Pick<ChangeForm | TransferForm, 'reason' | 'reasonText' | 'details'>;

function changedFields(before: Common, after: Common, categories: FieldChange[]): FieldChange[] {
  const reason = (['reason', 'reasonText'] as const)
    .map((field) => ({ field, before: before[field], after: after[field] }))
    .filter((change) => change.before !== change.after);
  return [...categories, ...reason, ...changedDetails(before.details, after.details)];
}

export const resubmitChange = command({
  name: 'application.resubmitChange',
  input: versionedInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => {
    const loaded = await loadChange(tx, ctx, await loadCase(tx, ctx.actor, input.id));
    return loaded === undefined ? undefined : { ...loaded, before: changeForm.safeParse(await findSubmittedForm(tx, input.id)) };
  },
  allow: (ctx, { target }, input) => gate(ctx, 'resubmit', { target, seen: input.version }),
  decide: (ctx, loaded) => {
    const settled = settleChange(ctx, loaded);
    if (!settled.ok) return settled;
    const step = loaded.target.steps.find((one) => isReturned(one.state));
    if (step === undefined) return refuse('conflict');
    const { form, wishedOn } = settled.value;
    const before = loaded.before.success ? loaded.before.data : form;
    return accepted({ step, wishedOn, form, changes: changedFields(before, form, changedCategories(before.changes, form.changes)) });
  },
  save: async (tx, { ctx, target: { target }, decision: { form, ...back } }) => {
    await updateWishedCategories(tx, target.steps, form.changes);
    await updateApplication(tx, { id: target.id, version: target.version, now: ctx.now }, { form });
    return await comeBack(tx, ctx, { target: { ...target, version: target.version + 1 }, ...back });
  },
});

export const resubmitTransfer = command({
  name: 'application.resubmitTransfer',
  input: versionedInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => {
    const loaded = await loadTransfer(tx, ctx, await loadCase(tx, ctx.actor, input.id));
    return loaded === undefined ? undefined : { ...loaded, before: transferForm.safeParse(await findSubmittedForm(tx, input.id)) };
  },
  allow: (ctx, { target }, input) => gate(ctx, 'resubmit', { target, seen: input.version }),
  decide: (ctx, { target, form, around, before: sent, origin }) => {
    if (origin === undefined) return refuse('conflict', { message: texts.groupGone });
    const judged = judgeDetails(around, form.details, ctx);
    if (!judged.ok) return judged;
    const wishedOn = wishOf(form, judged.value);
    const step = target.steps.find((one) => isReturned(one.state));
    if (step === undefined || wishedOn === undefined) return refuse('conflict');
    const before = sent.success ? sent.data : form;
    const categories = changedCategories(before.destination?.choices ?? [], form.destination?.choices ?? []);
    return accepted({ step, wishedOn, changes: changedFields(before, form, categories) });
  },
  save: async (tx, { ctx, target: { target, form }, decision }) => {
    const deciding = target.steps.filter((step) => step.leg !== 'leave' && step.role === 'decide');
    await updateWishedCategories(tx, deciding, form.destination?.choices ?? []);
    return await comeBack(tx, ctx, { target, ...decision });
  },
});
