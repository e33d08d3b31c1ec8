import type { Actor } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import type { PinnedSettings } from '#features/association/queries/directory.ts';
import type { AssociationSettings } from '#features/association/schema.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { OfficeAct } from '../detail.store.server.ts';
import { listKeptForms } from '../detail.store.server.ts';
import { papersOf } from '../documents.ts';
import type { DatedDocument } from '../papers.store.server.ts';
import { listAllDocuments, listOriginals } from '../papers.store.server.ts';
import type { JoinShown } from '../fields.ts';
import type { Leg } from '../flow.ts';
import { readsPaper, stepsRead } from '../sides.ts';
import type { Case } from '../store.server.ts';
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
  /** Who reads: of the other side of a transfer an office sees only what it needs (`rules.md 3.6`). */
  actor: Actor;
  target: Case;
  side: Leg;
  acts: readonly OfficeAct[];
  /** Those pinned by the steps of the case. */
  settings: readonly PinnedSettings[];
  on: Day;
};

/** The settings of the side that reads. */
export function settingsRead({ actor, target, settings }: Pick<Question, 'actor' | 'target' | 'settings'>): AssociationSettings[] {
  const read = new Set(stepsRead(actor, target).map((step) => step.associationId));
  return settings.filter((row) => read.has(row.associationId)).map((row) => row.settings);
}

async function shownAt(
  tx: ReadTransaction,
  question: Question,
  moment: Moment & { documents: readonly DatedDocument[] },
): Promise<JoinShown | undefined> {
  const { actor, target, side, on } = question;
  const settings = settingsRead(question);
  const shown = await loadCaseShown(tx, { kind: target.kind, side, form: moment.form, applicationId: target.id, settings, on });
  if (shown === undefined) return undefined;
  const files = inForceAt(moment.documents, moment.papersAt);
  return {
    ...shown,
    papers: papersOf(settings, target.kind, {
      files,
      originals: (await listOriginals(tx, target.id)).filter((one) => readsPaper(actor, target, { code: one.kind, settings })),
      replaced: replacedSince(moment.documents, question.acts, files),
    }),
  };
}

/** The case as it was last sent, and as it stood before that. */
export async function readContent(tx: ReadTransaction, question: Question): Promise<OfficeContent> {
  const { actor, target } = question;
  const kept = await listKeptForms(tx, target.id);
  const settings = settingsRead(question);
  const documents = (await listAllDocuments(tx, target.id)).filter((one) => readsPaper(actor, target, { code: one.kind, settings }));
  const sent: Moment[] = [
    ...(isUnderCorrection(question.acts) ? [] : [{ form: target.form, papersAt: undefined }]),
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
