import { formatDayPlain } from '#kernel/wareki.ts';
import type { Day } from '#kernel/day.ts';
import type { StateTone } from '#ui/parts/StateLabel.tsx';
import type { ApplicationState, StepRole, StepState } from '../../flow.ts';
import { stateLabel, stepLabel } from '../../labels.ts';

/** States in words and tones, the same on list, detail and decisions (`screens.md 1.4`). */

const stateTones: Readonly<Record<ApplicationState, StateTone>> = {
  draft: 'neutral',
  submitted: 'progress',
  returned: 'warn',
  completed: 'success',
  rejected: 'danger',
  retracted: 'neutral',
  cancelled: 'neutral',
};

const stepTones: Readonly<Record<StepState, StateTone>> = {
  waiting: 'neutral',
  arrived: 'warn',
  received: 'progress',
  approved: 'success',
  returned: 'warn',
  rejected: 'danger',
  acknowledged: 'success',
  skipped: 'neutral',
};

export function stateTone(state: ApplicationState): StateTone {
  return stateTones[state];
}

export function stepTone(state: StepState): StateTone {
  return stepTones[state];
}

/** 状況 for the office; a case whose own date lies ahead is 承認済(効力発生日待ち). */
export function stateWord(state: ApplicationState, aheadOn: Day | undefined): string {
  return stateLabel(state, 'office', aheadOn === undefined ? undefined : formatDayPlain(aheadOn));
}

export function stepWord(state: StepState, role: StepRole): string {
  return stepLabel(state, role);
}

/** `1,234件`, or 「10,000件以上」 where counting stopped. */
export function countWord({ count, orMore }: { count: number; orMore: boolean }): string {
  return `${count.toLocaleString('ja-JP')}件${orMore ? '以上' : ''}`;
}
