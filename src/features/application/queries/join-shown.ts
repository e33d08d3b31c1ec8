import type { Day } from '#kernel/day.ts';
import { isId } from '#kernel/id.ts';
import { associationsById, categoriesOf, codeList } from '#features/association/queries/directory.ts';
import type { AssociationSettings } from '#features/association/schema.ts';
import { findFacility } from '#features/facility/queries/facility.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { JoinShown, Labels, ShownChoice, ShownFacility } from '../fields.ts';
import type { Choice, JoinForm, RawDetails } from '../schema.ts';
import { readPapers } from './case-papers.ts';

/** What a join says, with the words its codes stand for; asked by every screen that shows one. */

export type ShownQuestion = {
  form: JoinForm;
  applicationId: string;
  /** Settings of the associations asked for: today's for a draft, the pinned ones for a case. */
  settings: readonly AssociationSettings[];
  /** The day on which names and code lists are read: today for a draft, the day of submission for a case. */
  on: Day;
};

async function labelsOf(tx: ReadTransaction, list: string, on: Day): Promise<Labels> {
  return Object.fromEntries((await codeList(tx, list, on)).map((row) => [row.code, row.label]));
}

/** Associations with a category each, in words. */
export async function shownChoices(tx: ReadTransaction, choices: readonly Choice[], on: Day): Promise<ShownChoice[]> {
  const ids = choices.map((choice) => choice.associationId);
  const associations = new Map((await associationsById(tx, ids, on)).map((row) => [row.id, row]));
  const categories = new Map((await categoriesOf(tx, ids, on)).map((row) => [row.id, row.name]));
  return choices.map((choice) => ({
    ...choice,
    layer: associations.get(choice.associationId)?.layer ?? 0,
    associationName: associations.get(choice.associationId)?.name ?? '',
    categoryName: categories.get(choice.categoryId) ?? '',
  }));
}

/** The facility that step 2 names from the master. */
export async function shownFacility(tx: ReadTransaction, details: RawDetails): Promise<ShownFacility | undefined> {
  const id = details['facilityId'];
  if (typeof id !== 'string' || !isId(id)) return undefined;
  const found = await findFacility(tx, id);
  if (found === undefined) return undefined;
  const { name, kana, postalCode, address, tel, fax, ownerType, beds, attached } = found;
  return { name, kana, postalCode, address, tel, fax, ownerType, beds, attached };
}

/** What the codes of step 2 stand for on a day. */
export async function loadLabels(tx: ReadTransaction, on: Day): Promise<JoinShown['labels']> {
  return {
    work: await labelsOf(tx, 'work', on),
    position: await labelsOf(tx, 'position', on),
    designation: await labelsOf(tx, 'designation', on),
    ownerType: await labelsOf(tx, 'ownerType', on),
  };
}

/** Reads everything at once inside the transaction of the asking query; row-level security hides what is out of scope. */
export async function loadJoinShown(tx: ReadTransaction, question: ShownQuestion): Promise<JoinShown> {
  const { form, on } = question;
  return {
    kind: 'join',
    facts: [],
    workplace: true,
    choices: await shownChoices(tx, form.choices, on),
    details: form.details,
    facility: await shownFacility(tx, form.details),
    labels: await loadLabels(tx, on),
    papers: await readPapers(tx, { applicationId: question.applicationId, settings: question.settings, use: 'join' }),
  };
}
