import type { Day } from '#kernel/day.ts';
import { isId } from '#kernel/id.ts';
import { associationsById, categoriesOf, codeList } from '#features/association/queries/directory.ts';
import type { AssociationSettings } from '#features/association/schema.ts';
import { findFacility } from '#features/facility/queries/facility.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { neededDocuments } from '../documents.ts';
import type { DocumentRow } from '../draft.store.server.ts';
import { listDocuments } from '../draft.store.server.ts';
import type { JoinShown, Labels, ShownChoice, ShownFacility, ShownPaper } from '../fields.ts';
import { texts } from '../messages.ts';
import type { JoinForm } from '../schema.ts';

/** What a join says, with the words its codes stand for; asked by every screen that shows one. */

export type ShownQuestion = {
  form: JoinForm;
  applicationId: string;
  /** Settings of the associations asked for: today's for a draft, the pinned ones for a case. */
  settings: readonly AssociationSettings[];
  /** The day on which names and code lists are read: today for a draft, the day of submission for a case. */
  on: Day;
};

const otherPaper = { code: 'other', title: texts.otherChoice, required: false, note: '' };

async function labelsOf(tx: ReadTransaction, list: string, on: Day): Promise<Labels> {
  return Object.fromEntries((await codeList(tx, list, on)).map((row) => [row.code, row.label]));
}

async function shownChoices(tx: ReadTransaction, form: JoinForm, on: Day): Promise<ShownChoice[]> {
  const ids = form.choices.map((choice) => choice.associationId);
  const associations = new Map((await associationsById(tx, ids, on)).map((row) => [row.id, row]));
  const categories = new Map((await categoriesOf(tx, ids, on)).map((row) => [row.id, row.name]));
  return form.choices.map((choice) => ({
    ...choice,
    layer: associations.get(choice.associationId)?.layer ?? 0,
    associationName: associations.get(choice.associationId)?.name ?? '',
    categoryName: categories.get(choice.categoryId) ?? '',
  }));
}

async function shownFacility(tx: ReadTransaction, form: JoinForm): Promise<ShownFacility | undefined> {
  const id = form.details['facilityId'];
  if (typeof id !== 'string' || !isId(id)) return undefined;
  const found = await findFacility(tx, id);
  if (found === undefined) return undefined;
  const { name, kana, postalCode, address, tel, fax, ownerType, beds, attached } = found;
  return { name, kana, postalCode, address, tel, fax, ownerType, beds, attached };
}

/** The rows of 提出書類: what the associations want, その他, and what was handed in under a row that is no longer asked for. */
export function papersOf(settings: readonly AssociationSettings[], documents: readonly DocumentRow[]): ShownPaper[] {
  const asked = neededDocuments(settings, 'join').filter((row) => row.code !== otherPaper.code);
  const rows = [...asked, otherPaper];
  const known = new Set(rows.map((row) => row.code));
  const further = documents
    .filter((document, index) => !known.has(document.kind) && documents.findIndex((one) => one.kind === document.kind) === index)
    .map((document) => ({ code: document.kind, title: document.title, required: false, note: '' }));
  return [...rows, ...further].map((row) => ({
    ...row,
    files: documents
      .filter((document) => document.kind === row.code)
      .map(({ id, fileName, mediaType, size }) => ({ id, fileName, mediaType, size })),
  }));
}

/** Reads everything at once inside the transaction of the asking query; row-level security hides what is out of scope. */
export async function loadJoinShown(tx: ReadTransaction, question: ShownQuestion): Promise<JoinShown> {
  const { form, on } = question;
  return {
    choices: await shownChoices(tx, form, on),
    details: form.details,
    facility: await shownFacility(tx, form),
    labels: {
      work: await labelsOf(tx, 'work', on),
      position: await labelsOf(tx, 'position', on),
      designation: await labelsOf(tx, 'designation', on),
      ownerType: await labelsOf(tx, 'ownerType', on),
    },
    papers: papersOf(question.settings, await listDocuments(tx, question.applicationId)),
  };
}
