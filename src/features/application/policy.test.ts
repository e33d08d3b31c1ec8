import type { Actor } from '#kernel/actor.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ApplicationState, StepState } from './flow.ts';
import { applicationFlow, decideFlow } from './flow.ts';
import type { Action, PolicyStep, PolicyTarget } from './policy.ts';
import { actionsFor, may, maySee, ownSteps } from './policy.ts';

const actions: Action[] = [
  'view',
  'edit',
  'submit',
  'resubmit',
  'retract',
  'object',
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
  proxyAssociationId: fc.constantFrom(null, null, 27_000, 13_005),
  stopped: fc.boolean(),
  steps: fc.subarray([27_001, 27_000, 0]).chain((ids) =>
    fc.tuple(
      ...ids.map((associationId) =>
        fc.record({
          id: fc.constant(`step-${associationId}`),
          associationId: fc.constant(associationId),
          ordinal: fc.constant([27_001, 27_000, 0].indexOf(associationId)),
          leg: fc.constantFrom('join' as const, 'leave' as const, 'change' as const),
          role: fc.constantFrom('decide' as const, 'receive' as const, 'acknowledge' as const),
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

/** What the office that entered the case may do besides its own step. */
function ofProxy(state: ApplicationState, approved: boolean): Action[] {
  const notes: Action[] = state === 'draft' ? [] : ['memo', 'attention'];
  const cancel: Action[] = !approved && (state === 'submitted' || state === 'returned') ? ['cancel'] : [];
  const originals: Action[] = state === 'draft' || state === 'returned' ? ['markOriginals'] : [];
  return [...ofApplicant(state, true), ...notes, ...cancel, ...originals];
}

/** What the doctor may do with a case that an office entered for him. */
function ofRepresented(state: ApplicationState): Action[] {
  if (state === 'draft') return [];
  return state === 'submitted' || state === 'returned' ? ['view', 'message', 'object'] : ['view'];
}

/** What an office of the case may do at its step while the case runs. */
function whileRunning({ state, stopped }: PolicyTarget, step: PolicyStep): Action[] {
  if (step.role === 'acknowledge') return [];
  if (state === 'returned') return step.state === 'returned' && step.role === 'decide' ? ['cancel'] : [];
  const receive: Action[] = step.state === 'arrived' ? ['receive'] : [];
  if (step.state !== 'arrived' && step.state !== 'received') return [];
  if (step.role !== 'decide') return [...receive, 'markOriginals'];
  return [...receive, 'markOriginals', 'return', 'cancel', ...(stopped === true ? [] : (['approve', 'reject'] as const))];
}

/** 承認取消・退会取消 (`rules.md 3.9`): nothing that was decided later builds on the step. */
function takingBack(target: PolicyTarget, step: PolicyStep): Action[] {
  if (step.state !== 'approved') return [];
  if (target.kind === 'withdrawal') return target.state === 'completed' ? ['revokeLeave'] : [];
  if (target.state !== 'submitted' && target.state !== 'completed') return [];
  const builds = (one: PolicyStep) =>
    (one.leg === step.leg && one.ordinal > step.ordinal) || (one.leg === 'change' && step.leg !== 'change');
  return target.steps.some((one) => one.state === 'approved' && builds(one)) ? [] : ['revoke'];
}

function ofOffice(target: PolicyTarget, step: PolicyStep): Action[] {
  const running = target.state === 'submitted' || target.state === 'returned';
  return [
    'view',
    'memo',
    'attention',
    ...(running ? (['message'] as const) : []),
    ...(running ? whileRunning(target, step) : []),
    ...(step.role === 'acknowledge' && step.state === 'arrived' ? (['acknowledge'] as const) : []),
    ...takingBack(target, step),
  ];
}

function expected(actor: Actor, target: PolicyTarget): Action[] {
  const approved = target.steps.some((step) => step.state === 'approved');
  if (actor.kind === 'doctor') {
    if (actor.personId !== target.personId) return [];
    return target.proxyAssociationId === null ? ofApplicant(target.state, approved) : ofRepresented(target.state);
  }
  if (actor.kind !== 'office' || actor.role === 'trainingContractor') return [];
  const entered = target.proxyAssociationId === actor.associationId ? ofProxy(target.state, approved) : [];
  const step = target.steps.find((one) => one.associationId === actor.associationId);
  const atStep = step === undefined || target.state === 'draft' ? [] : ofOffice(target, step);
  return [...new Set([...entered, ...atStep])];
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

  test('一時保存の届は本人と、代理で入力している医師会だけが見る', () => {
    fc.assert(
      fc.property(anyActor, anyTarget, (actor, target) => {
        if (actor.kind !== 'system')
          expect(maySee(actor, { ...target, state: 'draft' })).toBe(
            (actor.kind === 'doctor' && actor.personId === target.personId && target.proxyAssociationId === null) ||
              (actor.kind === 'office' && actor.role !== 'trainingContractor' && actor.associationId === target.proxyAssociationId),
          );
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
