import { parseDayInput, formatDay, formatWareki } from '#kernel/wareki.ts';
import { codeList } from '#features/association/queries/directory.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { JoinShown, ShownChoice, ShownComparison, ShownFact } from '../fields.ts';
import type { TransferForm } from '../forms.ts';
import { transferForm } from '../forms.ts';
import { layerLabel, reasonLine } from '../labels.ts';
import { factLabels, texts } from '../messages.ts';
import type { CaseQuestion } from './case-question.ts';
import { readPapers } from './case-papers.ts';
import { loadLabels, shownChoices, shownFacility } from './join-shown.ts';

/** What a 異動届 with change of association says; each office reads its own side (`rules.md 3.6`). */

function dayLine(typed: unknown): string[] {
  if (typeof typed !== 'string' || typed === '') return [];
  const day = parseDayInput(typed);
  return [day === undefined ? typed : `${formatDay(day)} ${formatWareki(day)}`];
}

function textLine(typed: unknown): string[] {
  return typeof typed === 'string' && typed !== '' ? [typed] : [];
}

function nameOf(choice: ShownChoice): string {
  return `${layerLabel(choice.layer)} ${choice.associationName}`;
}

type Sides = { form: TransferForm; origin: readonly ShownChoice[]; side: CaseQuestion['side'] };

/** 異動元: with categories and workplace for the applicant and for its own offices only. */
function originLines({ form, origin, side }: Sides): string[] {
  if (side === 'join') return origin.map(nameOf);
  return [form.workplaceBefore, ...origin.map((choice) => `${nameOf(choice)} ${choice.categoryName}`)].filter((line) => line !== '');
}

function datesOf({ form }: Sides): ShownFact[] {
  const fact = { page: 'details', returnable: true } as const;
  if (form.leaveApart) return [{ ...fact, returnable: false, code: 'leaveOn', label: factLabels.leaveApart, lines: [texts.leaveApart] }];
  return [
    { ...fact, code: 'leaveOn', label: factLabels.leaveOn, lines: dayLine(form.details['leaveOn']) },
    { ...fact, code: 'gapReason', label: factLabels.gapReason, lines: textLine(form.details['gapReason']) },
  ];
}

function factsOf(sides: Sides, reason: readonly string[]): ShownFact[] {
  return [
    { code: 'reason', label: factLabels.reason, page: 'transfer', returnable: true, lines: reason },
    { code: 'affiliationId', label: factLabels.origin, page: 'transfer', returnable: false, lines: originLines(sides) },
    ...datesOf(sides),
  ];
}

/** What the leaving side learns of the other one: where to, and from when. */
function destinationFacts(form: TransferForm, destination: readonly ShownChoice[]): ShownFact[] {
  const fact = { page: 'destination', returnable: false } as const;
  return [
    { ...fact, code: 'destination', label: factLabels.destination, lines: form.undecided ? [texts.undecided] : destination.map(nameOf) },
    ...(form.undecided ? [] : [{ ...fact, code: 'wishedOn', label: factLabels.wishedOn, lines: dayLine(form.details['wishedOn']) }]),
  ];
}

/** A destination's associations; those of both chains with the category held before. */
function choicesOf({ origin }: Sides, destination: readonly ShownChoice[]): ShownChoice[] {
  return destination.map((choice) => {
    const before = origin.find((one) => one.associationId === choice.associationId);
    return before === undefined ? choice : { ...choice, before: before.categoryName };
  });
}

/**
 * 異動元 → 異動申請先, association by association (`screens.md D-09, O-05`). Each side reads its own: the leaving one what ends,
 * the joining one what begins; who is in both chains reads everything.
 */
function comparisonOf({ form, origin, side }: Sides, destination: readonly ShownChoice[]): ShownComparison[] {
  const gone = origin.filter((one) => destination.every((other) => other.associationId !== one.associationId));
  const line = (choice: ShownChoice, sides: { before: string; after: string }): ShownComparison => ({
    code: `categories.${choice.associationId}`,
    label: nameOf(choice),
    ...sides,
    changed: sides.before !== sides.after,
  });
  const ends = gone.map((one) => line(one, { before: one.categoryName, after: form.leaveApart ? texts.leaveApartMark : texts.leaves }));
  if (side === 'leave') return ends;
  return [
    ...(side === 'join' ? [] : ends),
    ...destination.map((one) => {
      const held = origin.find((other) => other.associationId === one.associationId);
      if (held === undefined) return line(one, { before: '', after: one.categoryName });
      const stays = { ...line(one, { before: held.categoryName, after: texts.stays(one.categoryName) }) };
      return { ...stays, changed: held.categoryId !== one.categoryId };
    }),
  ];
}

/** 所属施設名 of both sides, for the applicant and for offices that are in both chains. */
function workplaceLine({ form, side }: Sides, facility: JoinShown['facility']): ShownComparison[] {
  if (form.undecided || (side !== undefined && side !== 'change')) return [];
  const [typed = texts.facilityUndecided] = textLine(form.details['facilityName']);
  const [before, after] = [form.workplaceBefore, facility?.name ?? typed];
  return [{ code: 'facilityId', label: factLabels.workplace, before, after, changed: before !== after }];
}

/** Undefined while the form is not one of its kind. */
export async function loadTransferShown(tx: ReadTransaction, question: CaseQuestion): Promise<JoinShown | undefined> {
  const parsed = transferForm.safeParse(question.form);
  if (!parsed.success) return undefined;
  const form = parsed.data;
  const { on, side } = question;
  const reason = reasonLine(
    (await codeList(tx, 'reason.transfer', on)).find((row) => row.code === form.reason),
    form.reasonText,
  );
  const sides: Sides = { form, side, origin: await shownChoices(tx, form.before, on) };
  const destination = await shownChoices(tx, form.destination?.choices ?? [], on);
  const leaves = form.undecided || side === 'leave';
  const facility = leaves ? undefined : await shownFacility(tx, form.details);
  return {
    kind: 'transfer',
    comparison: [...comparisonOf(sides, destination), ...workplaceLine(sides, facility)],
    workplace: !leaves,
    facts: [...factsOf(sides, reason), ...(leaves ? destinationFacts(form, destination) : [])],
    choices: leaves ? [] : choicesOf(sides, destination),
    details: leaves ? { note: form.details['note'] ?? '' } : form.details,
    facility,
    labels: await loadLabels(tx, on),
    papers: await readPapers(tx, { ...question, use: 'transfer' }),
  };
}
