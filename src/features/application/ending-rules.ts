import type { ApplicationKind, ApplicationState, Leg, StepRole, StepState } from './flow.ts';
import { isDecided, isOpen } from './flow.ts';

/** What 差戻し, 非承認, 取消, 承認取消 and 退会取消 would leave of each layer of a case (`rules.md 3.8, 3.9, 3.12`). Pure. */

export type EndingAct = 'return' | 'reject' | 'cancel' | 'revoke' | 'revokeLeave';

/**
 * untouched: nothing was asked of it · stays: its approval goes on · open: to be decided after the paper has come back · again: our own
 * decision is to be taken anew · never: what was wished does not come · undone: what the approval brought is annulled · waits: its
 * approval stays and takes effect with the last one · goesOn: the withdrawn membership goes on.
 */
export type Outcome = 'untouched' | 'stays' | 'open' | 'again' | 'never' | 'undone' | 'waits' | 'goesOn';

export type EndingStep = { own: boolean; leg: Leg; role: StepRole; state: StepState };
export type EndingCase = { kind: ApplicationKind; state: ApplicationState };

/** A transfer takes effect with its last office, everything else office by office (`rules.md 3.6`). */
export function hasTakenEffect({ kind, state }: EndingCase): boolean {
  return kind !== 'transfer' || !isOpen(state);
}

function afterRevocation(about: EndingCase, step: EndingStep): Outcome {
  if (step.own) return hasTakenEffect(about) ? 'undone' : 'again';
  if (!isDecided(step.state)) return 'open';
  return about.kind === 'transfer' ? 'waits' : 'stays';
}

/** What becomes of one layer. */
export function outcomeOf(act: EndingAct, about: EndingCase, step: EndingStep): Outcome {
  if (step.role === 'receive') return 'untouched';
  switch (act) {
    case 'return':
      return isDecided(step.state) ? 'stays' : 'open';
    case 'reject':
    case 'cancel':
      return isDecided(step.state) && about.kind !== 'transfer' ? 'stays' : 'never';
    case 'revoke':
      return afterRevocation(about, step);
    case 'revokeLeave':
      return 'goesOn';
  }
}

/**
 * 非承認 of an upper association leaves the lowest one with a member whom its settings want above too: it gets a task. Only in a
 * 入会届; 異動 takes effect as a whole or not at all, and in the other kinds nobody above is asked to take the person in (`rules.md 3.4, 3.6`).
 */
export function leavesTask({ kind }: Pick<EndingCase, 'kind'>, lowest: EndingStep, demanded: 'none' | 'prefecture' | 'all'): boolean {
  return kind === 'join' && !lowest.own && isDecided(lowest.state) && demanded !== 'none';
}

/** How many members our own association has more or less from the day of its decision on. */
export function gainOf(act: EndingAct, about: EndingCase, leg: Leg): number {
  if (act === 'revokeLeave') return leg === 'leave' ? 1 : 0;
  if (act !== 'revoke' || !hasTakenEffect(about)) return 0;
  return leg === 'join' ? -1 : leg === 'leave' ? 1 : 0;
}
