import { describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import { caseFindings } from './office-findings.ts';

const nothing = {
  today: day('2026-01-15'),
  wishedOn: day('2026-02-01'),
  decided: [],
  namesake: false,
  claimed: false,
  leavings: [],
  waiver: undefined,
};

const joins = (...days: string[]) => days.map((on) => ({ on: day(on), leg: 'join' as const, wishedOn: nothing.wishedOn }));

describe('注意', () => {
  test('何もなければ空', () => {
    expect(caseFindings(nothing)).toEqual([]);
    expect(caseFindings({ ...nothing, decided: joins('2026-02-01', '2026-02-01') })).toEqual([]);
  });

  test('層により日付が異なるとき、期をまたぐとき、1年以上先のとき', () => {
    expect(caseFindings({ ...nothing, decided: joins('2026-02-01', '2026-02-10') })).toEqual(['層により日付が異なります']);
    expect(caseFindings({ ...nothing, decided: joins('2026-04-01') })).toEqual(['期をまたぎます']);
    expect(caseFindings({ ...nothing, wishedOn: day('2027-01-14') })).toEqual([]);
    expect(caseFindings({ ...nothing, wishedOn: day('2027-01-15') })).toEqual(['1年以上先の日付です']);
  });

  test('異動の退会日と入会日が続いているだけでは、日付の違いとも期をまたぐとも言わない', () => {
    const [leftOn, joinedOn] = [day('2026-03-31'), day('2026-04-01')];
    const moved = [
      { on: leftOn, leg: 'leave' as const, wishedOn: leftOn },
      { on: joinedOn, leg: 'join' as const, wishedOn: joinedOn },
    ];
    expect(caseFindings({ ...nothing, wishedOn: joinedOn, decided: moved })).toEqual([]);
    const later = { on: day('2026-04-20'), leg: 'join' as const, wishedOn: joinedOn };
    expect(caseFindings({ ...nothing, wishedOn: joinedOn, decided: [...moved, later] })).toEqual(['層により日付が異なります']);
  });

  test('同姓同名、登録番号の一致、以前の退会、会費免除', () => {
    const found = caseFindings({
      ...nothing,
      namesake: true,
      claimed: true,
      leavings: [{ leftOn: day('2024-03-31'), reason: '廃業・退職' }],
      waiver: { waived: true, until: day('2028-03-31'), reason: '', rules: [] },
    });
    expect(found).toEqual([
      '同姓同名・同一生年月日の登録があります',
      '医籍登録番号が別の登録と一致します(本人確認中)',
      '以前の退会:2024/03/31 廃業・退職',
      '会費免除期間中です(2028/03/31まで)',
    ]);
    expect(caseFindings({ ...nothing, waiver: { waived: false, reason: '', rules: [] } })).toEqual([]);
  });
});
