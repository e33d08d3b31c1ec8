import { describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import type { EndingAct, EndingCase, EndingStep } from './ending-rules.ts';
import { gainOf, leavesTask, outcomeOf } from './ending-rules.ts';
import { pensionOf } from './pension.ts';

const join: EndingCase = { kind: 'join', state: 'submitted' };
const lower: EndingStep = { own: false, leg: 'join', role: 'decide', state: 'approved' };
const mine: EndingStep = { own: true, leg: 'join', role: 'decide', state: 'received' };
const upper: EndingStep = { own: false, leg: 'join', role: 'decide', state: 'waiting' };

const outcomes = (act: EndingAct, about: EndingCase, steps: readonly EndingStep[]) => steps.map((step) => outcomeOf(act, about, step));

describe('差戻し・非承認・取消・承認取消・退会取消の見込み(rules.md 3.8, 3.9, 3.12)', () => {
  test('差戻しても下層の承認は残り、その他は再申請の後に決まる', () => {
    expect(outcomes('return', join, [lower, mine, upper])).toEqual(['stays', 'open', 'open']);
  });

  test('非承認・取消では下層の会員資格が残り、自らと上層は入会しない', () => {
    expect(outcomes('reject', join, [lower, mine, upper])).toEqual(['stays', 'never', 'never']);
    expect(outcomes('cancel', join, [lower, mine, upper])).toEqual(['stays', 'never', 'never']);
  });

  test('上層の非承認の後に下層の会員資格の扱いを頼むのは、上層を必須とする医師会が先に承認した入会届だけ(rules.md 3.4)', () => {
    expect(leavesTask(join, lower, 'prefecture')).toBe(true);
    expect(leavesTask(join, lower, 'none')).toBe(false);
    expect(leavesTask(join, { ...lower, state: 'received' }, 'all')).toBe(false);
    expect(leavesTask(join, { ...lower, own: true }, 'all')).toBe(false);
    for (const kind of ['transfer', 'change', 'withdrawal'] as const) expect(leavesTask({ kind }, lower, 'all')).toBe(false);
  });

  test('異動届は全体で効力を生じるため、途中の非承認では何も変わらない', () => {
    const transfer: EndingCase = { kind: 'transfer', state: 'submitted' };
    const left: EndingStep = { ...lower, leg: 'leave' };
    expect(outcomes('reject', transfer, [left, mine])).toEqual(['never', 'never']);
    expect(
      outcomes('revoke', transfer, [
        { ...left, own: true },
        { ...mine, own: false },
      ]),
    ).toEqual(['again', 'open']);
    expect(gainOf('revoke', transfer, 'join')).toBe(0);
    expect(outcomes('revoke', { kind: 'transfer', state: 'completed' }, [left, { ...mine, state: 'approved' }])).toEqual([
      'waits',
      'undone',
    ]);
  });

  test('承認取消は自らの会員数を1人戻し、退会取消は退会日の翌日から1人増やす', () => {
    expect(outcomes('revoke', join, [lower, { ...mine, state: 'approved' }, upper])).toEqual(['stays', 'undone', 'open']);
    expect([gainOf('revoke', join, 'join'), gainOf('revoke', join, 'change'), gainOf('reject', join, 'join')]).toEqual([-1, 0, 0]);
    const withdrawal: EndingCase = { kind: 'withdrawal', state: 'completed' };
    const received: EndingStep = { own: false, leg: 'leave', role: 'receive', state: 'received' };
    expect(outcomes('revokeLeave', withdrawal, [received, { ...mine, leg: 'leave', state: 'approved' }])).toEqual(['untouched', 'goesOn']);
    expect(gainOf('revokeLeave', withdrawal, 'leave')).toBe(1);
  });
});

describe('医師年金(rules.md 6)', () => {
  test('日本医師会の退会から1年を超える再入会は、年金福祉課への確認を促す', () => {
    const earlier = [day('2020-03-31'), day('2025-03-31')];
    expect(pensionOf({ deed: 'join', on: day('2026-03-31') }, earlier)).toEqual({
      effect: 'returns',
      leftOn: '2025-03-31',
      overYear: false,
    });
    expect(pensionOf({ deed: 'join', on: day('2026-04-01') }, earlier)).toMatchObject({ overYear: true });
    expect(pensionOf({ deed: 'join', on: day('2020-01-01') }, earlier)).toEqual({ effect: 'none' });
    expect(pensionOf({ deed: 'leave', on: day('2026-03-31') }, [])).toEqual({ effect: 'leaves', leftOn: '2026-03-31' });
    expect(pensionOf({ deed: 'change', on: day('2026-03-31') }, earlier)).toEqual({ effect: 'none' });
  });
});
