import type { Day } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import type { Finding } from '#features/application/rules.ts';
import { texts } from '#features/application/messages.ts';
import type { TwoPersons } from '#features/application/two-person-rules.ts';
import { approvalTurn, isOwnApproval } from '#features/application/two-person-rules.ts';
import type { AssociationSettings } from '#features/association/schema.ts';
import type { PaperUse } from '#features/application/documents.ts';
import { neededDocuments } from '#features/application/documents.ts';
import { willWords } from './labels.ts';
import { bulkTexts } from './messages.ts';

/** What would happen to one case, decided before anything happens (`screens.md O-04`). Pure. */

/** `go` is ticked; `think` only by hand, which confirms its reasons; `stop` cannot be ticked. */
export type Verdict = {
  level: 'go' | 'think' | 'stop';
  reasons: readonly string[];
  will: string;
  /** For the command, besides id and version; null when it cannot be carried out. */
  input: Readonly<Record<string, unknown>> | null;
};

/** Not possible, with the reasons. */
export function stop(...reasons: string[]): Verdict {
  return { level: 'stop', reasons, will: '', input: null };
}

/** Possible; unticked when somebody should look first. */
export function proceed(will: string, input: Readonly<Record<string, unknown>>, reasons: readonly string[] = []): Verdict {
  return { level: reasons.length === 0 ? 'go' : 'think', reasons, will, input };
}

/** Required papers of our own settings that were not handed in. */
export function missingPapers(settings: AssociationSettings, ask: { uses: readonly PaperUse[]; papers: readonly string[] }): string[] {
  return neededDocuments([settings], ask.uses)
    .filter((paper) => paper.required && !ask.papers.includes(paper.code))
    .map((paper) => bulkTexts.missingPaper(paper.title));
}

export type ApprovalQuestion = {
  by: 'wish' | 'below' | 'day';
  decidedOn: Day | undefined;
  category: { id: number; name: string } | 'none' | undefined;
  unexplainedGap: boolean;
  findings: readonly Finding[];
  next: string | undefined;
  /** Who has to agree besides the one who presses (`rules.md 4.1`). */
  twoPersons: TwoPersons;
  /** Who presses. */
  accountId: string | undefined;
  /** Reasons that have nothing to do with the day: papers, 要注意. */
  cautions: readonly string[];
};

function personsCaution({ needed, alone, first }: TwoPersons): string[] {
  if (!needed) return [];
  if (alone) return [bulkTexts.twoPersonsAlone];
  return [first === undefined ? bulkTexts.twoPersons : bulkTexts.agreesWith(first.actorName)];
}

/** 承認 of one row: blocks stop, warnings and cautions need a hand; the first of two persons proposes as on the page of a single case. */
export function judgeApproval(question: ApprovalQuestion): Verdict {
  const { decidedOn, category, findings, twoPersons } = question;
  if (isOwnApproval(twoPersons, question.accountId)) return stop(texts.anotherPerson);
  if (decidedOn === undefined) return stop(question.by === 'below' ? bulkTexts.noLowerDay : bulkTexts.noWish);
  if (category === undefined) return stop(bulkTexts.noCategory);
  const blocks = findings.filter((one) => one.level === 'block').map((one) => one.text);
  if (blocks.length > 0) return stop(...blocks);
  if (question.unexplainedGap) return stop(bulkTexts.gap);
  const warnings = findings.filter((one) => one.level === 'warn').map((one) => one.text);
  const ends = category === 'none';
  const turn = approvalTurn(twoPersons, { decidedOn, categoryId: ends ? null : category.id });
  const will = willWords.approve({ on: formatDayPlain(decidedOn), category: ends ? '' : category.name, next: question.next, turn });
  const input = ends ? { decidedOn } : { decidedOn, categoryId: category.id };
  return proceed(will, input, [...warnings, ...personsCaution(twoPersons), ...question.cautions]);
}
