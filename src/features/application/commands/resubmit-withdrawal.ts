import { accepted, refuse, refuseFields } from '#kernel/refusal.ts';
import { parseDayInput } from '#kernel/wareki.ts';
import { command } from '#platform/command/command.ts';
import { isReturned } from '../flow.ts';
import { withdrawalDraft } from '../forms.ts';
import { findSubmittedForm } from '../history.store.server.ts';
import { papersOfCase } from '../queries/case-papers.ts';
import { loadWithdrawalAround } from '../queries/withdrawal-around.ts';
import type { RawDetails } from '../schema.ts';
import { versionedInput } from '../schema.ts';
import { loadCase } from '../store.server.ts';
import { comeBack } from './come-back.ts';
import { caseLocks, gate } from './gate.ts';
import { detailText, judgeWithdrawalDetails } from './judge-withdrawal.ts';
import type { FieldChange } from './paper-changes.ts';

/** Date and reason that differ from what was sent before. */
function changedDetails(before: unknown, after: RawDetails): FieldChange[] {
  const old = withdrawalDraft.safeParse(before);
  if (!old.success) return [];
  return ['wishedOn', 'reason', 'reasonText']
    .map((field) => ({ field, before: detailText(old.data.details, field), after: detailText(after, field) }))
    .filter((change) => change.before !== change.after);
}

/** The doctor sends a returned 退会届 again: it goes back to the office that returned it (`rules.md 3.8`). */
export const resubmitWithdrawal = command({
  name: 'application.resubmitWithdrawal',
  input: versionedInput,
  locks: caseLocks,
  load: async (tx, input, ctx) => {
    const target = await loadCase(tx, ctx.actor, input.id);
    const form = withdrawalDraft.safeParse(target?.form);
    if (target === undefined || target.kind !== 'withdrawal' || !form.success) return undefined;
    return {
      target,
      form: form.data,
      around: await loadWithdrawalAround(tx, ctx, { personId: target.personId, target }),
      papers: await papersOfCase(tx, ctx, target),
      before: await findSubmittedForm(tx, target.id),
    };
  },
  allow: (ctx, { target }, input) => gate(ctx, 'resubmit', { target, seen: input.version }),
  decide: (ctx, { target, form, around, papers, before }) => {
    const leave = around.affiliations.flatMap((one) => one.lines).filter((line) => form.leave.includes(line.associationId));
    const fields = judgeWithdrawalDetails(around, { form, papers, today: ctx.today, leave });
    if (Object.keys(fields).length > 0) return refuseFields(fields);
    const step = target.steps.find((candidate) => isReturned(candidate.state));
    const wishedOn = parseDayInput(detailText(form.details, 'wishedOn'));
    if (step === undefined || wishedOn === undefined) return refuse('conflict');
    return accepted({ step, wishedOn, changes: changedDetails(before ?? target.form, form.details) });
  },
  save: async (tx, { ctx, target: { target }, decision }) => await comeBack(tx, ctx, { target, ...decision }),
});
