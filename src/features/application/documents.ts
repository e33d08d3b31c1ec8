import type { AssociationSettings, RequiredDocument } from '#features/association/schema.ts';
import type { BlankForm, ShownFile, ShownOriginal, ShownPaper } from './shown-papers.ts';
import type { ApplicationKind } from './flow.ts';
import { texts } from './messages.ts';

/** 提出書類 of any kind of application (`rules.md 3.16`, `screens.md D-08 … D-11, O-10, O-11, O-21`): pure rules. */

/** For which of the settings' lists of papers an application asks. */
export type PaperUse = RequiredDocument['kind'];

/** All lists a case asks for: an office that enters it on the doctor's request may want that request in writing (`screens.md O-10`). */
export function paperUsesOf(
  { kind, proxyAssociationId }: { kind: ApplicationKind; proxyAssociationId: number | null },
  ground?: 'death' | 'missing',
): PaperUse[] {
  return [paperUseOf(kind, ground), ...(proxyAssociationId !== null && ground === undefined ? (['proxy'] as const) : [])];
}

export type NeededPaper = { code: string; title: string; required: boolean; note: string; blankForms: readonly BlankForm[] };

/** A withdrawal entered by an office on 死亡 or 所在不明 has its own list of papers (`screens.md O-11, O-21`). */
export function paperUseOf(kind: ApplicationKind, ground?: 'death' | 'missing'): PaperUse {
  return kind === 'withdrawal' && ground !== undefined ? ground : kind;
}

/**
 * The papers that the chosen associations want for a use, each once; required if one of them requires it. Common papers have
 * one code everywhere, those of an association's own carry its number (`codedPapers` of the settings).
 */
export function neededDocuments(settings: readonly AssociationSettings[], use: PaperUse | readonly PaperUse[]): NeededPaper[] {
  const found = new Map<string, NeededPaper>();
  const uses = [use].flat();
  for (const paper of settings.flatMap((one) => one.requiredDocuments).filter((one) => uses.includes(one.kind))) {
    const known = found.get(paper.code);
    found.set(paper.code, {
      code: paper.code,
      title: known?.title ?? paper.title,
      note: known === undefined || known.note === '' ? paper.note : known.note,
      required: paper.required || known?.required === true,
      blankForms: [...(known?.blankForms ?? []), ...(paper.form === undefined ? [] : [paper.form])],
    });
  }
  return [...found.values()];
}

/** What has been handed in under one row. */
export type PaperFile = ShownFile & { kind: string; title: string };

/** 「原本を事務局で確認済み」 for one row. */
export type PaperOriginal = ShownOriginal & { kind: string; title: string };

export type HandedIn = {
  files: readonly PaperFile[];
  originals?: readonly PaperOriginal[];
  /** Files that were sent once and are no longer in force: 「差し替え前」, for offices only. */
  replaced?: readonly PaperFile[];
};

/** その他: papers that no association has asked for. */
export const otherPaperCode = 'other';

const otherPaper: NeededPaper = { code: otherPaperCode, title: texts.otherChoice, required: false, note: '', blankForms: [] };

function asShown({ id, fileName, mediaType, size, erased }: PaperFile): ShownFile {
  return { id, fileName, mediaType, size, erased };
}

/** The rows of 提出書類: what the associations want, その他, and what was handed in under a row that is no longer asked for. */
export function papersOf(settings: readonly AssociationSettings[], use: PaperUse | readonly PaperUse[], handedIn: HandedIn): ShownPaper[] {
  const { files, originals = [], replaced = [] } = handedIn;
  const rows = [...neededDocuments(settings, use).filter((row) => row.code !== otherPaper.code), otherPaper];
  const known = new Set(rows.map((row) => row.code));
  const further = new Map(
    [...files, ...replaced, ...originals]
      .filter((one) => !known.has(one.kind))
      .map((one) => [one.kind, { code: one.kind, title: one.title, required: false, note: '', blankForms: [] }]),
  );
  return [...rows, ...further.values()].map((row) => {
    const original = originals.find((one) => one.kind === row.code);
    return {
      ...row,
      files: files.filter((file) => file.kind === row.code).map(asShown),
      replaced: replaced.filter((file) => file.kind === row.code).map(asShown),
      original:
        original === undefined ? undefined : { officeName: original.officeName, officerName: original.officerName, at: original.at },
    };
  });
}

/** Codes of the required rows with neither a file nor an original seen by an office. */
export function missingPapers(papers: readonly ShownPaper[]): string[] {
  return papers.filter((paper) => paper.required && paper.files.length === 0 && paper.original === undefined).map((paper) => paper.code);
}
