import { pinnedSettings } from '#features/association/queries/directory.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { documentCode } from '../fields.ts';
import { texts } from '../messages.ts';
import { findReturn } from '../my.store.server.ts';
import type { DatedDocument } from '../papers.store.server.ts';
import { listAllDocuments } from '../papers.store.server.ts';
import { officeReadsPaper, stepsReadAt } from '../sides.ts';
import type { Case } from '../store.server.ts';

/** What became of 提出書類 while a case was with the applicant (`rules.md 3.8`). */

export type FieldChange = { field: string; before: string; after: string };

type Dated = Pick<DatedDocument, 'id' | 'kind' | 'fileName' | 'createdAt' | 'removedAt'>;

/** Rows of 提出書類 whose files were added, replaced or taken away since a moment. */
export function changedPapers(documents: readonly Dated[], since: Date): FieldChange[] {
  return [...new Set(documents.map((one) => one.kind))].flatMap((kind) => {
    const row = documents.filter((one) => one.kind === kind);
    const before = row.filter((one) => one.createdAt <= since && (one.removedAt === null || one.removedAt > since));
    const after = row.filter((one) => one.removedAt === null);
    const names = (files: readonly Dated[]) => files.map((one) => one.fileName).join('、');
    if (before.length === after.length && after.every((one) => before.includes(one))) return [];
    const same = names(before) === names(after) ? texts.replacedPaper : '';
    return [{ field: documentCode(kind), before: names(before), after: `${names(after)}${same}` }];
  });
}

export type PaperChanges = {
  changes: FieldChange[];
  /** Does an association read one of these papers at all? The other side of a transfer does not (`rules.md 3.6`). */
  readAt: (associationId: number) => boolean;
};

/** The same for a case that waits for the applicant. */
export async function paperChangesOf(tx: ReadTransaction, target: Case): Promise<PaperChanges> {
  const since = (await findReturn(tx, target.id))?.at;
  const documents = await listAllDocuments(tx, target.id);
  const changes = since === undefined ? [] : changedPapers(documents, since);
  if (changes.length === 0) return { changes, readAt: () => false };
  const pinned = await pinnedSettings(
    tx,
    target.steps.map((step) => ({ associationId: step.associationId, version: step.settingsVersion })),
  );
  const kinds = [...new Set(documents.map((one) => one.kind))].filter((kind) => changes.some((one) => one.field === documentCode(kind)));
  const readAt = (associationId: number) => {
    const read = new Set(stepsReadAt(associationId, target).map((step) => step.associationId));
    const settings = pinned.filter((row) => read.has(row.associationId)).map((row) => row.settings);
    return kinds.some((code) => officeReadsPaper(associationId, target, { code, settings }));
  };
  return { changes, readAt };
}
