import type { Day } from '#kernel/day.ts';
import type { AssociationSettings } from '#features/association/schema.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { OfficeAct } from '../detail.store.server.ts';
import { listKeptForms } from '../detail.store.server.ts';
import { papersOf } from '../documents.ts';
import type { DatedDocument } from '../papers.store.server.ts';
import { listAllDocuments, listOriginals } from '../papers.store.server.ts';
import type { JoinShown } from '../fields.ts';
import type { ApplicationKind, Leg } from '../flow.ts';
import { loadCaseShown } from './case-shown.ts';

/** What an office reads of a case: never a correction that the applicant has not sent yet (`rules.md 3.8`). */

export type OfficeContent = {
  shown: JoinShown | undefined;
  /** The state before the last 再申請; undefined when the case was sent only once. */
  before: JoinShown | undefined;
  /** Papers handed in with the last 再申請. */
  addedIds: string[];
};

type Moment = { form: unknown; papersAt: Date | undefined };

function lastIndex(acts: readonly OfficeAct[], action: string): number {
  return acts.findLastIndex((act) => act.action === action);
}

/** True from 差戻し until the applicant sends the case again, or for good when it ended in between. */
export function isUnderCorrection(acts: readonly OfficeAct[]): boolean {
  return lastIndex(acts, 'return') > lastIndex(acts, 'resubmit');
}

function inForceAt(documents: readonly DatedDocument[], at: Date | undefined): DatedDocument[] {
  if (at === undefined) return documents.filter((document) => document.removedAt === null);
  return documents.filter((document) => document.createdAt <= at && (document.removedAt === null || document.removedAt > at));
}

/** 「差し替え前」: was before an office once (in force when the case was sent), and is no longer. */
function replacedSince(documents: readonly DatedDocument[], acts: readonly OfficeAct[], now: readonly DatedDocument[]): DatedDocument[] {
  const sentAt = acts.filter((act) => act.action === 'submit' || act.action === 'resubmit').map((act) => act.at);
  const inForce = new Set(now.map((document) => document.id));
  return documents.filter((document) => !inForce.has(document.id) && sentAt.some((at) => inForceAt([document], at).length > 0));
}

type Question = {
  id: string;
  kind: ApplicationKind;
  /** The side that reads: of the other one it sees only what it needs (`rules.md 3.6`). */
  side: Leg;
  form: unknown;
  acts: readonly OfficeAct[];
  settings: readonly AssociationSettings[];
  on: Day;
};

async function shownAt(
  tx: ReadTransaction,
  question: Question,
  moment: Moment & { documents: readonly DatedDocument[] },
): Promise<JoinShown | undefined> {
  const { kind, side, settings, on } = question;
  const shown = await loadCaseShown(tx, { kind, side, form: moment.form, applicationId: question.id, settings, on });
  if (shown === undefined) return undefined;
  const files = inForceAt(moment.documents, moment.papersAt);
  return {
    ...shown,
    papers: papersOf(settings, kind, {
      files,
      originals: await listOriginals(tx, question.id),
      replaced: replacedSince(moment.documents, question.acts, files),
    }),
  };
}

/** The case as it was last sent, and as it stood before that. */
export async function readContent(tx: ReadTransaction, question: Question): Promise<OfficeContent> {
  const kept = await listKeptForms(tx, question.id);
  const documents = await listAllDocuments(tx, question.id);
  const sent: Moment[] = [
    ...(isUnderCorrection(question.acts) ? [] : [{ form: question.form, papersAt: undefined }]),
    ...kept.map(({ form, at }) => ({ form, papersAt: at })),
  ];
  const [now, earlier] = sent;
  const since = earlier?.papersAt;
  return {
    shown: now === undefined ? undefined : await shownAt(tx, question, { ...now, documents }),
    before: earlier === undefined ? undefined : await shownAt(tx, question, { ...earlier, documents }),
    addedIds:
      since === undefined
        ? []
        : inForceAt(documents, now?.papersAt)
            .filter((document) => document.createdAt > since)
            .map((document) => document.id),
  };
}
