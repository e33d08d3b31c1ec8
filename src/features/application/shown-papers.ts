import { texts } from './messages.ts';

/** 提出書類 as every screen shows them. */

/** `erased`: name and size are kept, the content is gone by retention (`rules.md 3.16`). */
export type ShownFile = { id: string; fileName: string; mediaType: string; size: number; erased: boolean };

/** Who has seen the original of a paper at the office, and when (as shown). */
export type ShownOriginal = { officeName: string; officerName: string; at: string };

/** 様式 of an association, to be written on; `/paper-forms/:id`. */
export type BlankForm = { id: string; name: string };

/** One row of 提出書類: what is wanted and what is there. */
export type ShownPaper = {
  code: string;
  title: string;
  required: boolean;
  note: string;
  blankForms: readonly BlankForm[];
  files: readonly ShownFile[];
  /** 「差し替え前」: sent once, replaced by a later 再申請; offices only. */
  replaced?: readonly ShownFile[];
  original?: ShownOriginal | undefined;
};

/** File names, and who saw the original where there is no file. */
export function paperLines(paper: ShownPaper | undefined): readonly string[] {
  if (paper === undefined) return [];
  const original = paper.original === undefined ? '' : texts.originalSeen(paper.original.officeName, paper.original.at);
  return [...paper.files.map((file) => file.fileName), original].filter((line) => line !== '');
}
