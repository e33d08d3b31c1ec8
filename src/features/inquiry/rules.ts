import type { Day } from '#kernel/day.ts';
import { addWorkingDays } from '#kernel/working-day.ts';
import type { DeskSection, InquiryKind } from './fields.ts';
import { subjectLength } from './fields.ts';

/** To whom a question goes, and by when it is answered (`rules.md 8.4`). Pure. */

/** The 日本医師会 among the associations. */
export const jmaId = 0;

export type Desk =
  | { desk: 'office'; associationId: number; section: null }
  | { desk: 'operations'; associationId: null; section: null }
  | { desk: 'jma'; associationId: typeof jmaId; section: DeskSection };

export const operationsDesk: Desk = { desk: 'operations', associationId: null, section: null };

/** The desk of an association's office. */
export function officeDesk(associationId: number): Desk {
  return { desk: 'office', associationId, section: null };
}

/** The desk of a 担当課 of the JMA. */
export function jmaDesk(section: DeskSection): Desk {
  return { desk: 'jma', associationId: jmaId, section };
}

const sectionOf: Partial<Record<InquiryKind, DeskSection>> = {
  memberInfo: 'memberInfo',
  joining: 'generalAffairs',
  fee: 'accounting',
  lifelong: 'lifelong',
  familyDoctor: 'longTermCare',
  occupational: 'health1',
  liability: 'liability',
  pension: 'pension',
};

/**
 * 届出中の申請 goes to the office that has it now, the eight subjects to their 担当課, everything else to 運営事務局; so does a
 * question about a case that lies with the asking office itself, or of which nobody can say where it lies.
 */
export function routeOf(kind: InquiryKind, about: { holder: number | undefined; askingAssociation: number | undefined }): Desk {
  if (kind === 'application') {
    const { holder, askingAssociation } = about;
    return holder === undefined || holder === askingAssociation ? operationsDesk : officeDesk(holder);
  }
  const section = sectionOf[kind];
  return section === undefined ? operationsDesk : jmaDesk(section);
}

/** Whether two desks are the same. */
export function sameDesk(a: Desk, b: Desk): boolean {
  return a.desk === b.desk && a.associationId === b.associationId && a.section === b.section;
}

const answerDays = 3;

/** 期限: the third working day after it was asked (`screens.md P-05`). */
export function dueOn(askedOn: Day): Day {
  return addWorkingDays(askedOn, answerDays);
}

/** 件名: the first line that says something, cut to its length by characters. */
export function subjectOf(body: string): string {
  const line = body.split('\n').find((one) => one.trim() !== '') ?? '';
  const characters = [...line.trim()];
  return characters.length <= subjectLength ? characters.join('') : `${characters.slice(0, subjectLength - 1).join('')}…`;
}
