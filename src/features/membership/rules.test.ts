import type { Day } from '#kernel/day.ts';
import { addDays, day } from '#kernel/day.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyTimeline, firstDay, horizon, modelOf } from '#support/timelines.ts';
import type { LedgerEvent, Period } from './rules.ts';
import { badgeText, foldLedger, isMemberOn, standingDeeds, unbrokenSince } from './rules.ts';

const days = Array.from({ length: horizon + 2 }, (_, offset) => addDays(firstDay, offset));

function event(id: number, kind: LedgerEvent['kind'], effectiveOn: string, more: Partial<LedgerEvent> = {}): LedgerEvent {
  return {
    id,
    kind,
    correctedKind: null,
    affiliationId: 'a',
    effectiveOn: day(effectiveOn),
    categoryId: kind === 'joined' ? 1 : null,
    facilityId: null,
    reason: '',
    supersedes: null,
    ...more,
  };
}

function periodsOf(events: readonly LedgerEvent[]): Period[] {
  const folded = foldLedger(events);
  if (!folded.ok) throw new Error(folded.fault.fault);
  return folded.periods;
}

const faultOf = (events: readonly LedgerEvent[]): string => {
  const folded = foldLedger(events);
  return folded.ok ? 'none' : folded.fault.fault;
};

describe('台帳から会員期間を導く(rules.md 2)', () => {
  test('退会日の当日は会員である', () => {
    const [period] = periodsOf([event(1, 'joined', '2025-04-01'), event(2, 'left', '2026-03-31')]);
    if (period === undefined) throw new Error('no period');
    expect([isMemberOn(period, day('2026-03-31')), isMemberOn(period, day('2026-04-01')), isMemberOn(period, day('2025-03-31'))]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('区分変更はその日から効き、会員期間は切れない', () => {
    const [period] = periodsOf([event(1, 'joined', '2025-04-01'), event(2, 'category_changed', '2025-10-01', { categoryId: 2 })]);
    expect(period?.phases.map((phase) => [phase.categoryId, phase.startsOn, phase.endsOn])).toEqual([
      [1, '2025-04-01', '2025-09-30'],
      [2, '2025-10-01', null],
    ]);
  });

  test('取り消された記録は無かったことになり、訂正は日付を置き換える', () => {
    expect(periodsOf([event(1, 'joined', '2025-04-01'), event(2, 'annulled', '2025-04-01', { supersedes: 1 })])).toEqual([]);
    const corrected = periodsOf([
      event(1, 'joined', '2025-04-01'),
      event(2, 'corrected', '2025-04-20', { correctedKind: 'joined', categoryId: 3, supersedes: 1 }),
    ]);
    expect(corrected.map((period) => [period.joinedOn, period.joinedEventId])).toEqual([['2025-04-20', 2]]);
  });

  test('成り立たない記録の並びは、理由とともに断られる', () => {
    expect(faultOf([event(1, 'joined', '2025-04-01'), event(2, 'joined', '2025-05-01')])).toBe('joinedTwice');
    expect(faultOf([event(1, 'joined', '2025-04-01'), event(2, 'left', '2025-05-01'), event(3, 'joined', '2025-05-01')])).toBe(
      'joinedTwice',
    );
    expect(faultOf([event(1, 'left', '2025-04-01')])).toBe('leftWithoutJoin');
    expect(faultOf([event(1, 'joined', '2025-04-01'), event(2, 'left', '2025-03-31')])).toBe('leftWithoutJoin');
    expect(faultOf([event(1, 'category_changed', '2025-04-01', { categoryId: 2 })])).toBe('changedOutside');
    expect(faultOf([event(1, 'joined', '2025-04-01', { categoryId: null })])).toBe('noCategory');
  });

  test('一日ずつ数える素朴な模型と、どの日も一致する', () => {
    let understood = 0;
    fc.assert(
      fc.property(anyTimeline, (events) => {
        const model = modelOf(events);
        const folded = foldLedger(events);
        expect(folded.ok).toBe(model !== undefined);
        if (!folded.ok || model === undefined) return;
        understood += 1;
        const seen = days.map((on) => {
          const phase = folded.periods
            .flatMap((period) => period.phases)
            .find((one) => one.startsOn <= on && (one.endsOn === null || on <= one.endsOn));
          const standing =
            phase === undefined
              ? undefined
              : { affiliationId: phase.affiliationId, categoryId: phase.categoryId, facilityId: phase.facilityId };
          return [on, folded.periods.some((period) => isMemberOn(period, on)), standing];
        });
        expect(seen).toEqual(days.map((on) => [on, model.has(on), model.get(on)]));
      }),
      { numRuns: 3000 },
    );
    expect(understood).toBeGreaterThan(1000);
  });

  test('記録された順番によらず、同じ会員期間になる', () => {
    fc.assert(
      fc.property(anyTimeline, (events) => {
        expect(foldLedger(events.toReversed())).toEqual(foldLedger(events));
      }),
      { numRuns: 500 },
    );
  });

  test('会員期間どうしは重ならず、区間は会員期間をちょうど埋める', () => {
    fc.assert(
      fc.property(anyTimeline, (events) => {
        const folded = foldLedger(events);
        if (!folded.ok) return;
        for (const [at, period] of folded.periods.entries()) {
          const next = folded.periods[at + 1];
          if (next !== undefined) expect(period.leftOn !== null && period.leftOn < next.joinedOn).toBe(true);
          expect(period.phases[0]?.startsOn).toBe(period.joinedOn);
          expect(period.phases.at(-1)?.endsOn).toBe(period.leftOn);
          for (const [place, phase] of period.phases.entries()) {
            const after = period.phases[place + 1];
            if (after !== undefined) expect(phase.endsOn === null ? null : addDays(phase.endsOn, 1)).toBe(after.startsOn);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('立っている記録は、誰にも取り消されていないものだけ', () => {
    fc.assert(
      fc.property(anyTimeline, (events) => {
        const standing = new Set(standingDeeds(events).map((deed) => deed.id));
        for (const one of events)
          expect(standing.has(one.id)).toBe(one.kind !== 'annulled' && !events.some((other) => other.supersedes === one.id));
      }),
    );
  });
});

describe('在籍年数(rules.md 2.3)', () => {
  const period = (joinedOn: string, leftOn: string | null) => ({ joinedOn: day(joinedOn), leftOn: leftOn === null ? null : day(leftOn) });

  test('3月31日に退会し4月1日に入会すれば途切れない', () => {
    const periods = [period('2005-04-01', '2015-03-31'), period('2015-04-01', null)];
    expect(unbrokenSince(periods, day('2026-01-15'))).toBe('2005-04-01');
    expect(unbrokenSince([period('2005-04-01', '2015-03-30'), period('2015-04-01', null)], day('2026-01-15'))).toBe('2015-04-01');
  });

  test('うるう日をまたいでも途切れない', () => {
    expect(unbrokenSince([period('2020-01-01', '2024-02-29'), period('2024-03-01', null)], day('2024-03-01'))).toBe('2020-01-01');
    expect(unbrokenSince([period('2020-01-01', '2024-02-28'), period('2024-03-01', null)], day('2024-03-01'))).toBe('2024-03-01');
  });

  test('会員でない日には答えがない', () => {
    expect(unbrokenSince([period('2020-01-01', '2021-12-31')], day('2022-01-01'))).toBeUndefined();
  });

  test('一日ずつさかのぼって数えたものと一致する', () => {
    const anyPeriods = fc.array(fc.tuple(fc.nat(3), fc.nat(6)), { minLength: 1, maxLength: 8 }).map((spans) => {
      let at: Day = firstDay;
      return spans.map(([gap, length]) => {
        const joinedOn = addDays(at, gap);
        const leftOn = addDays(joinedOn, length);
        at = addDays(leftOn, 1);
        return { joinedOn, leftOn };
      });
    });
    fc.assert(
      fc.property(anyPeriods, fc.nat(60), (periods, offset) => {
        const on = addDays(firstDay, offset);
        const member = (one: Day) => periods.some((period) => isMemberOn(period, one));
        let since: Day | undefined = member(on) ? on : undefined;
        while (since !== undefined && member(addDays(since, -1))) since = addDays(since, -1);
        expect(unbrokenSince(periods, on)).toBe(since);
      }),
      { numRuns: 1000 },
    );
  });

  test('年数の表示は決まった段だけ', () => {
    expect([0, 1, 4, 5, 9, 10, 19, 20, 30, 40, 50, 63].map(badgeText)).toEqual([
      '1年未満',
      '1年以上',
      '1年以上',
      '5年以上',
      '5年以上',
      '10年以上',
      '15年以上',
      '20年以上',
      '30年以上',
      '40年以上',
      '50年以上',
      '50年以上',
    ]);
  });
});
