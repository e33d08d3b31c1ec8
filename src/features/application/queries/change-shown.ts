import { tickInput } from '#kernel/input.ts';
import { codeList } from '#features/association/queries/directory.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { JoinShown, ShownChoice } from '../fields.ts';
import type { ChangeForm } from '../forms.ts';
import { changeForm } from '../forms.ts';
import { layerLabel, reasonLine } from '../labels.ts';
import { factLabels, texts } from '../messages.ts';
import type { CaseQuestion } from './case-question.ts';
import { readPapers } from './case-papers.ts';
import { loadLabels, shownChoices, shownFacility } from './join-shown.ts';

/** What a 異動届 without change of association says: 変更前 and 変更後 of every association of the group. */

async function choicesOf(tx: ReadTransaction, form: ChangeForm, question: CaseQuestion): Promise<ShownChoice[]> {
  const before = await shownChoices(tx, form.before, question.on);
  const wished = form.before.map((one) => form.changes.find((change) => change.associationId === one.associationId) ?? one);
  const after = await shownChoices(tx, wished, question.on);
  return after.map((choice, index) => ({ ...choice, before: before[index]?.categoryName ?? '' }));
}

/** Undefined while the form is not one of its kind. */
export async function loadChangeShown(tx: ReadTransaction, question: CaseQuestion): Promise<JoinShown | undefined> {
  const parsed = changeForm.safeParse(question.form);
  if (!parsed.success) return undefined;
  const form = parsed.data;
  const { on } = question;
  const reason = (await codeList(tx, 'reason.change', on)).find((row) => row.code === form.reason);
  const choices = await choicesOf(tx, form, question);
  const facility = await shownFacility(tx, form.details);
  const typed = form.details['facilityName'];
  const keeps = tickInput.parse(form.details['keepFacility']);
  const named = facility?.name ?? (typeof typed === 'string' && typed !== '' ? typed : texts.facilityUndecided);
  const before = form.workplaceBefore === '' ? texts.facilityUndecided : form.workplaceBefore;
  const after = keeps ? before : named;
  return {
    kind: 'change',
    comparison: [
      ...choices.map((one) => ({
        code: `categories.${one.associationId}`,
        label: `${layerLabel(one.layer)} ${one.associationName}`,
        before: one.before ?? '',
        after: one.categoryName,
        changed: one.before !== one.categoryName,
      })),
      { code: 'facilityId', label: factLabels.workplace, before, after, changed: after !== before },
    ],
    workplace: true,
    facts: [
      { code: 'reason', label: factLabels.reason, page: 'change', returnable: true, lines: reasonLine(reason, form.reasonText) },
      { code: 'workplaceBefore', label: factLabels.workplaceBefore, page: 'change', returnable: false, lines: [before] },
    ],
    choices,
    details: form.details,
    facility,
    labels: await loadLabels(tx, on),
    papers: await readPapers(tx, { ...question, use: 'change' }),
  };
}
