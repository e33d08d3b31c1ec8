import { describe, expect, it } from 'vitest';
import { day } from '#kernel/day.ts';
import { inquiryKinds } from './fields.ts';
import { dueOn, jmaDesk, officeDesk, operationsDesk, routeOf, sameDesk, subjectOf } from './rules.ts';

describe('お問合せの振り分け(rules.md 8.4)', () => {
  const nobody = { holder: undefined, askingAssociation: undefined };

  it('八つの種類は日本医師会の担当課へ、操作方法・ログイン・その他は運営事務局へ', () => {
    const routed = Object.fromEntries(inquiryKinds.map((kind) => [kind, routeOf(kind, nobody)]));
    expect(routed).toEqual({
      operation: operationsDesk,
      login: operationsDesk,
      memberInfo: jmaDesk('memberInfo'),
      joining: jmaDesk('generalAffairs'),
      fee: jmaDesk('accounting'),
      lifelong: jmaDesk('lifelong'),
      familyDoctor: jmaDesk('longTermCare'),
      occupational: jmaDesk('health1'),
      liability: jmaDesk('liability'),
      pension: jmaDesk('pension'),
      application: operationsDesk,
      other: operationsDesk,
    });
  });

  it('届出中の申請は今受け持つ医師会へ、尋ねた医師会が自ら持つものは運営事務局へ', () => {
    expect(routeOf('application', { holder: 27_001, askingAssociation: undefined })).toEqual(officeDesk(27_001));
    expect(routeOf('application', { holder: 27_001, askingAssociation: 27_000 })).toEqual(officeDesk(27_001));
    expect(routeOf('application', { holder: 27_001, askingAssociation: 27_001 })).toEqual(operationsDesk);
    // 日本医師会の番号は0である。
    expect(routeOf('application', { holder: 0, askingAssociation: undefined })).toEqual(officeDesk(0));
  });

  it('同じ窓口は種類・医師会・担当課がすべて同じもの', () => {
    expect(sameDesk(officeDesk(0), jmaDesk('pension'))).toBe(false);
    expect(sameDesk(jmaDesk('pension'), jmaDesk('liability'))).toBe(false);
    expect(sameDesk(operationsDesk, operationsDesk)).toBe(true);
  });

  it('期限は3営業日目', () => {
    expect(dueOn(day('2026-01-15'))).toBe('2026-01-20');
    expect(dueOn(day('2026-04-30'))).toBe('2026-05-08');
  });

  it('件名は内容の最初の行を40文字まで', () => {
    expect(subjectOf('\n 入会届について \n二行目')).toBe('入会届について');
    const long = subjectOf('𠮷'.repeat(60));
    expect([...long]).toHaveLength(40);
    expect(long.endsWith('…')).toBe(true);
  });
});
