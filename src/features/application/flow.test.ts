import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ApplicationAction, ApplicationState, StepAction, StepState } from './flow.ts';
import { applicationFlow, decideFlow, isApplicationKind, isAtOffice, isDecided, isDraft, isOpen, isStepRole, isUndecided } from './flow.ts';

/** The flows written a second time, as sentences of `rules.md 3.3`, 3.8 and 3.9. */

const applicationSentences: [ApplicationState, ApplicationAction, ApplicationState][] = [
  ['draft', 'submit', 'submitted'],
  ['submitted', 'return', 'returned'],
  ['submitted', 'complete', 'completed'],
  ['submitted', 'reject', 'rejected'],
  ['submitted', 'retract', 'retracted'],
  ['submitted', 'cancel', 'cancelled'],
  ['submitted', 'revoke', 'submitted'],
  ['completed', 'revoke', 'submitted'],
  ['completed', 'revokeLeave', 'cancelled'],
  ['returned', 'resubmit', 'submitted'],
  ['returned', 'retract', 'retracted'],
  ['returned', 'cancel', 'cancelled'],
];

const stepSentences: [StepState, StepAction, StepState][] = [
  ['waiting', 'arrive', 'arrived'],
  ['arrived', 'receive', 'received'],
  ['arrived', 'approve', 'approved'],
  ['arrived', 'return', 'returned'],
  ['arrived', 'reject', 'rejected'],
  ['received', 'approve', 'approved'],
  ['received', 'return', 'returned'],
  ['received', 'reject', 'rejected'],
  ['returned', 'comeBack', 'arrived'],
  ['arrived', 'acknowledge', 'acknowledged'],
  ['acknowledged', 'comeBack', 'arrived'],
  ['approved', 'revoke', 'received'],
];

describe('届と段階の流れ(rules.md 3.3)', () => {
  test('届は規則にある遷移だけを持つ', () => {
    const cells = applicationFlow.states.flatMap((state) =>
      applicationFlow.actionsFrom(state).map((action) => [state, action, applicationFlow.next(state, action)].join(' ')),
    );
    expect(new Set(cells)).toEqual(new Set(applicationSentences.map((one) => one.join(' '))));
  });

  test('段階は規則にある遷移だけを持つ', () => {
    const cells = decideFlow.states.flatMap((state) =>
      decideFlow.actionsFrom(state).map((action) => [state, action, decideFlow.next(state, action)].join(' ')),
    );
    expect(new Set(cells)).toEqual(new Set(stepSentences.map((one) => one.join(' '))));
  });

  test('非承認・取下げ・取消で終わった届は動かず、完了した届は承認取消・退会取消でだけ動く', () => {
    const actions: ApplicationAction[] = [
      'submit',
      'resubmit',
      'return',
      'complete',
      'reject',
      'retract',
      'cancel',
      'revoke',
      'revokeLeave',
    ];
    fc.assert(
      fc.property(fc.constantFrom<ApplicationState>('rejected', 'retracted', 'cancelled'), fc.constantFrom(...actions), (state, action) => {
        expect(applicationFlow.next(state, action)).toBeUndefined();
        expect(applicationFlow.isFinal(state)).toBe(true);
      }),
    );
    expect(applicationFlow.actionsFrom('completed')).toEqual(['revoke', 'revokeLeave']);
  });

  test('どの操作の列をたどっても、一度申請した届は一時保存に戻らない', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom<ApplicationAction>(
            'resubmit',
            'return',
            'complete',
            'reject',
            'retract',
            'cancel',
            'submit',
            'revoke',
            'revokeLeave',
          ),
          {
            maxLength: 30,
          },
        ),
        (actions) => {
          let state: ApplicationState = 'submitted';
          for (const action of actions) state = applicationFlow.next(state, action) ?? state;
          expect(isDraft(state)).toBe(false);
        },
      ),
    );
  });

  test('状態の問いは互いに矛盾しない', () => {
    for (const state of applicationFlow.states) {
      expect(isOpen(state)).toBe(!isDraft(state) && applicationFlow.next(state, 'cancel') !== undefined);
    }
    for (const state of decideFlow.states) {
      if (isAtOffice(state)) expect(isUndecided(state)).toBe(true);
      expect(isDecided(state) && isUndecided(state)).toBe(false);
    }
  });

  test('種別と役割は決まった語だけ', () => {
    expect(['join', 'transfer', 'change', 'withdrawal'].every(isApplicationKind)).toBe(true);
    expect(['decide', 'receive', 'acknowledge'].every(isStepRole)).toBe(true);
    expect(isApplicationKind('toString') || isStepRole('approve')).toBe(false);
  });
});
