import type { Actor } from '#kernel/actor.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ApplicationState, StepState } from './flow.ts';
import { applicationFlow, decideFlow } from './flow.ts';
import type { Action, PolicyTarget } from './policy.ts';
import { actionsFor, may, maySee, ownSteps } from './policy.ts';

const actions: Action[] = [
  'view',
  'edit',
  'submit',
  'resubmit',
  'retract',
  'deleteDraft',
  'attach',
  'receive',
  'approve',
  'return',
  'reject',
  'acknowledge',
  'cancel',
  'revoke',
  'revokeLeave',
  'message',
  'memo',
  'attention',
];

const office = (associationId: number, role: 'admin' | 'clerk' | 'trainingContractor' = 'clerk'): Actor => ({
  kind: 'office',
  accountId: 'a',
  staffId: 's',
  displayName: '事務局 花子',
  associationId,
  associationName: '医師会',
  layer: 3,
  role,
});
const doctor = (personId: string): Actor => ({ kind: 'doctor', accountId: 'a', personId, displayName: '日医 太郎' });

const anyActor = fc.oneof(
  fc.constantFrom('p1', 'p2').map(doctor),
  fc
    .tuple(fc.constantFrom(27_001, 27_000, 0, 13_005), fc.constantFrom('admin' as const, 'clerk' as const, 'trainingContractor' as const))
    .map(([id, role]) => office(id, role)),
  fc.constantFrom<Actor>(
    { kind: 'guest' },
    { kind: 'operations', accountId: 'o', staffId: 's', displayName: '運営' },
    { kind: 'system', name: 'test' },
  ),
);

const anyTarget: fc.Arbitrary<PolicyTarget> = fc.record({
  kind: fc.constantFrom('join' as const, 'transfer' as const, 'change' as const, 'withdrawal' as const),
  personId: fc.constantFrom('p1', 'p2'),
  state: fc.constantFrom(...applicationFlow.states),
  proxyAssociationId: fc.constant(null),
  steps: fc.subarray([27_001, 27_000, 0]).chain((ids) =>
    fc.tuple(
      ...ids.map((associationId) =>
        fc.record({
          id: fc.constant(`step-${associationId}`),
          associationId: fc.constant(associationId),
          ordinal: fc.constant([27_001, 27_000, 0].indexOf(associationId)),
          leg: fc.constantFrom('join' as const, 'leave' as const, 'change' as const),
          role: fc.constant('decide' as const),
          state: fc.constantFrom(...decideFlow.states),
        }),
      ),
    ),
  ),
});

/** The rules once more, as sets: what the applicant may do in a state. */
function ofApplicant(state: ApplicationState, approved: boolean): Action[] {
  if (state === 'draft') return ['view', 'edit', 'submit', 'deleteDraft', 'attach'];
  const retract: Action[] = approved ? [] : ['retract'];
  if (state === 'submitted') return ['view', 'message', ...retract];
  if (state === 'returned') return ['view', 'edit', 'attach', 'resubmit', 'message', ...retract];
  return ['view'];
}

/** What an office of the case may do, by the state of the case and of its own step. */
function ofOffice(state: ApplicationState, step: StepState): Action[] {
  const always: Action[] = ['view', 'memo', 'attention'];
  if (state === 'submitted') {
    const decisions: Action[] =
      step === 'arrived'
        ? ['receive', 'approve', 'return', 'reject', 'cancel']
        : step === 'received'
          ? ['approve', 'return', 'reject', 'cancel']
          : [];
    return [...always, 'message', ...decisions];
  }
  if (state === 'returned') return [...always, 'message', ...(step === 'returned' ? (['cancel'] as const) : [])];
  return always;
}

function expected(actor: Actor, target: PolicyTarget): Action[] {
  if (actor.kind === 'doctor') {
    return actor.personId === target.personId
      ? ofApplicant(
          target.state,
          target.steps.some((step) => step.state === 'approved'),
        )
      : [];
  }
  if (actor.kind !== 'office' || actor.role === 'trainingContractor' || target.state === 'draft') return [];
  const step = target.steps.find((one) => one.associationId === actor.associationId);
  return step === undefined ? [] : ofOffice(target.state, step.state);
}

describe('誰が届に何をできるか(rules.md 3, 5.6)', () => {
  test('規則を書き直した表と、あらゆる組み合わせで一致する', () => {
    fc.assert(
      fc.property(anyActor, anyTarget, (actor, target) => {
        expect(actionsFor(actor, target).toSorted()).toEqual(expected(actor, target).toSorted());
      }),
      { numRuns: 3000 },
    );
  });

  test('見えない届には何もできない', () => {
    fc.assert(
      fc.property(anyActor, anyTarget, fc.constantFrom(...actions), (actor, target, action) => {
        if (!maySee(actor, target)) expect(may(actor, action, target)).toBe(false);
      }),
    );
  });

  test('一時保存の届は本人だけが見る', () => {
    fc.assert(
      fc.property(anyActor, anyTarget, (actor, target) => {
        if (actor.kind !== 'system')
          expect(maySee(actor, { ...target, state: 'draft' })).toBe(actor.kind === 'doctor' && actor.personId === target.personId);
      }),
    );
  });

  test('研修会運営の外部委託先・運営事務局・ログインしていない人は何も見ない', () => {
    fc.assert(
      fc.property(anyTarget, (target) => {
        for (const actor of [office(27_001, 'trainingContractor'), { kind: 'guest' } as const])
          expect(actionsFor(actor, target)).toEqual([]);
        expect(actionsFor({ kind: 'operations', accountId: 'o', staffId: 's', displayName: '運営' }, target)).toEqual([]);
      }),
    );
  });

  test('取下げは最初の承認まで(rules.md 3.9)', () => {
    const step = (state: StepState) => ({
      id: 's',
      associationId: 27_001,
      ordinal: 0,
      leg: 'join' as const,
      role: 'decide' as const,
      state,
    });
    const target = (state: StepState): PolicyTarget => ({
      kind: 'join',
      personId: 'p1',
      state: 'submitted',
      proxyAssociationId: null,
      steps: [step(state)],
    });
    expect(may(doctor('p1'), 'retract', target('received'))).toBe(true);
    expect(may(doctor('p1'), 'retract', target('approved'))).toBe(false);
  });

  test('事務局の段階は自分の医師会のものだけ', () => {
    fc.assert(
      fc.property(anyActor, anyTarget, (actor, target) => {
        for (const step of ownSteps(actor, target))
          expect(actor.kind === 'office' && actor.associationId === step.associationId).toBe(true);
      }),
    );
  });
});
