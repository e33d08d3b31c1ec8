import type { Day } from './days.ts';

/** What the reference model knows (`rules.md 1`–`4`): lists of plain things. It imports nothing of the product. */

export type Layer = 1 | 2 | 3 | 4;

export type Settings = {
  requiredUpperLayers: 'none' | 'prefecture' | 'all';
  allowUpperOnlyWithdrawal: boolean;
  transferOrder: 'parallel' | 'leave_first' | 'join_first';
  directJoin: boolean;
  wishWindow: { back: number; ahead: number };
  decisionWindow: { back: number; ahead: number };
  farFuture: 'warn' | 'block';
  autoReceive: boolean;
  acknowledgeDays: number;
  /** Kinds that two persons of the office must approve. */
  twoPersonDecision: Kind[];
};

export type Association = {
  id: number;
  layer: Layer;
  parent: number | undefined;
  settings: Settings;
  categories: number[];
  /** Nobody but one person decides there: two cannot be asked for (`rules.md 4.1`). */
  alone: boolean;
};

export type Affiliation = { id: string; person: number; lowest: number; primary: boolean };

export type Deed = 'joined' | 'changed' | 'left';

/** A line of the ledger: never removed, at most taken back later. */
export type Entry = {
  number: number;
  person: number;
  association: number;
  affiliation: string;
  deed: Deed;
  on: Day;
  /** Undefined where the category stays. */
  category: number | undefined;
  knownSince: number;
  takenBackAt: number | undefined;
  /** The step that said so. */
  because: Step | undefined;
};

export type Leg = 'join' | 'leave' | 'change';
export type Role = 'decide' | 'receive' | 'acknowledge';
export type StepState = 'waiting' | 'arrived' | 'received' | 'approved' | 'returned' | 'rejected' | 'acknowledged' | 'skipped';
export type CaseState = 'draft' | 'submitted' | 'returned' | 'completed' | 'rejected' | 'retracted' | 'cancelled';
export type Kind = 'join' | 'withdrawal' | 'change' | 'transfer';

export type Step = {
  association: number;
  layer: Layer;
  leg: Leg;
  role: Role;
  state: StepState;
  /** What the applicant asks for; undefined where nothing is asked. */
  wished: number | undefined;
  on: Day | undefined;
  category: number | undefined;
  /** Since when the office has it; days with the applicant are left out (`rules.md 3.13`). */
  arrivedOn: Day | undefined;
  /** What the first of two persons has approved. */
  first: { person: number; on: Day; category: number | undefined } | undefined;
  /** Asked for after a correction of what had been approved (`rules.md 3.8`): it has no effect of its own. */
  correction: boolean;
  /** The settings the case was sent under (`rules.md 4.1`). */
  settings: Settings;
};

/** What the applicant has put on his paper, whatever its kind. */
export type Paper = {
  kind: Kind;
  /** The affiliation it speaks of; undefined for a first join. */
  affiliation: string | undefined;
  /** Join and transfer: the lowest association to join, and the highest layer. */
  lowest: number | undefined;
  top: Layer;
  /** Withdrawal: the associations ticked. */
  ticked: number[];
  /** Which of its categories is asked for, by association. */
  categories: Record<number, number>;
  /** Where a shared upper membership goes on. */
  moves: { association: number; to: string }[];
  newPlace: boolean;
  wishedOn: Day;
  leaveOn: Day | undefined;
  gapReason: boolean;
  /** What the draft names, from the moment it is kept: nothing else is asked for later. Undefined before. */
  asked: number[] | undefined;
  /** Where the affiliation stood then, lowest first. */
  before: number[];
  /** The uppers of which it was said whether they go on elsewhere; undefined before. */
  settled: number[] | undefined;
};

export type Case = {
  id: number;
  person: number;
  paper: Paper;
  state: CaseState;
  /** Set when the case speaks of one that exists, or has made one. */
  affiliation: string | undefined;
  steps: Step[];
  /** Since when the applicant has it back. */
  returnedOn: Day | undefined;
};

export type Model = {
  associations: Association[];
  persons: number;
  affiliations: Affiliation[];
  cases: Case[];
  ledger: Entry[];
  today: Day;
  /** Counts the steps done: the axis of recorded time. */
  tick: number;
};

export function newModel(given: { associations: Association[]; persons: number; today: Day }): Model {
  return { ...given, affiliations: [], cases: [], ledger: [], tick: 0 };
}

export function associationOf(model: Model, id: number): Association {
  const found = model.associations.find((one) => one.id === id);
  if (found === undefined) throw new Error(`the model does not know association ${id}`);
  return found;
}

/** From an association up to the JMA, lowest first (`rules.md 1.1`). */
export function chainFrom(model: Model, lowest: number): Association[] {
  const chain: Association[] = [];
  for (let id: number | undefined = lowest; id !== undefined; id = associationOf(model, id).parent) chain.push(associationOf(model, id));
  return chain;
}

export function isOpen(one: Case): boolean {
  return one.state === 'submitted' || one.state === 'returned';
}
