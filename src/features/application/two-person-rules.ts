import type { Day } from '#kernel/day.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import type { Finding } from './rules.ts';

/** 2名での承認 (`rules.md 4.1 twoPersonDecision`, `screens.md O-05`): who may say the last word, without database or clock. */

/** What the first person has approved; it binds nobody until the second agrees. */
export type FirstApproval = { accountId: string | null; actorName: string; at: Date; decidedOn: Day | null; categoryId: number | null };

export type TwoPersons = {
  /** The pinned settings ask for two persons for this kind. */
  needed: boolean;
  /** Nobody else could agree: the office has one 管理者 or スタッフ. */
  alone: boolean;
  first: FirstApproval | undefined;
  /** The one who looks entered the case for the doctor: another person of the office decides, where it has one (`screens.md O-05, O-11`). */
  ownEntry: boolean;
};

export const onePerson: TwoPersons = { needed: false, alone: false, first: undefined, ownEntry: false };

type Decided = { decidedOn: Day; categoryId: number | null };

function agrees(first: FirstApproval, decided: Decided): boolean {
  return first.decidedOn === decided.decidedOn && first.categoryId === decided.categoryId;
}

/** True for the one who has approved already, and for the one who entered the case: somebody else must. */
export function isOwnApproval({ needed, alone, first, ownEntry }: TwoPersons, accountId: string | undefined): boolean {
  if (ownEntry && !alone) return true;
  return needed && !alone && first !== undefined && first.accountId === (accountId ?? null);
}

/** `last`: this approval decides · `first`: it waits for a second person, also when it differs from what the first one said. */
export function approvalTurn({ needed, alone, first }: TwoPersons, decided: Decided): 'first' | 'last' {
  if (!needed || alone) return 'last';
  return first !== undefined && agrees(first, decided) ? 'last' : 'first';
}

/** Approved by one although two were asked for; the next layer is shown it. */
export function isDecidedAlone({ needed, alone, ownEntry }: TwoPersons): boolean {
  return (needed || ownEntry) && alone;
}

/** Said before the second person presses: another day or category begins the count of two anew. */
export function agreementFindings({ needed, alone, first }: TwoPersons, decided: Decided): Finding[] {
  if (!needed || alone || first === undefined || agrees(first, decided)) return [];
  const day = first.decidedOn === null ? '' : `${formatDayPlain(first.decidedOn)}、`;
  const text = `1人目の承認(${day}${first.actorName})と日付または会員区分が異なります。承認すると、あらためて別の担当者の承認が必要になります。`;
  return [{ level: 'warn', code: 'differsFromFirst', text }];
}
