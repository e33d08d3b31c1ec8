import { describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import type { TwoPersons } from './two-person-rules.ts';
import { agreementFindings, approvalTurn, isDecidedAlone, isOwnApproval, onePerson } from './two-person-rules.ts';

const decided = { decidedOn: day('2026-04-20'), categoryId: 1 };
const first = { accountId: 'a', actorName: '梅田 優', at: new Date(0), ...decided };
const two: TwoPersons = { ...onePerson, needed: true };

describe('2名での承認(rules.md 4.1)', () => {
  test('1人目は待ち、同じ内容で承認した2人目が決める', () => {
    expect(approvalTurn(onePerson, decided)).toBe('last');
    expect(approvalTurn(two, decided)).toBe('first');
    expect(approvalTurn({ ...two, first }, decided)).toBe('last');
  });

  test('日付または会員区分が異なれば、あらためて2名の承認が必要になる', () => {
    for (const other of [
      { ...decided, decidedOn: day('2026-04-21') },
      { ...decided, categoryId: 2 },
    ]) {
      expect(approvalTurn({ ...two, first }, other)).toBe('first');
      expect(agreementFindings({ ...two, first }, other)).toMatchObject([
        { level: 'warn', text: expect.stringContaining('2026/04/20、梅田 優') },
      ]);
    }
    expect(agreementFindings({ ...two, first }, decided)).toEqual([]);
  });

  test('同じ人は2人目になれない', () => {
    expect(isOwnApproval({ ...two, first }, 'a')).toBe(true);
    expect(isOwnApproval({ ...two, first }, 'b')).toBe(false);
    expect(isOwnApproval(two, 'a')).toBe(false);
  });

  test('担当者が1名の事務局は1名で決め、そのことが残る', () => {
    const alone = { ...two, alone: true, first };
    expect([approvalTurn(alone, decided), isOwnApproval(alone, 'a'), isDecidedAlone(alone)]).toEqual(['last', false, true]);
    expect([isDecidedAlone(two), isDecidedAlone(onePerson)]).toEqual([false, false]);
  });
});
