import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, day } from './day.ts';
import { crossesFeePeriod, feePeriodOf, feeWaiver, graduateWaiverPeriod, waivedMonthsOn } from './fee-period.ts';
import { yearMonth } from './year-month.ts';

describe('期(rules.md 6)', () => {
  it.each([
    ['2026-04-01', '2026年度1期(4–7月)', '2026-04-01', '2026-07-31'],
    ['2026-07-31', '2026年度1期(4–7月)', '2026-04-01', '2026-07-31'],
    ['2026-08-01', '2026年度2期(8–11月)', '2026-08-01', '2026-11-30'],
    ['2026-12-01', '2026年度3期(12–3月)', '2026-12-01', '2027-03-31'],
    ['2027-03-31', '2026年度3期(12–3月)', '2026-12-01', '2027-03-31'],
  ])('%s は %s', (on, label, from, to) => {
    expect(feePeriodOf(day(on))).toMatchObject({ label, from, to, fiscalYear: 2026 });
  });

  it('期はすき間も重なりもなく続く', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 413_000 }), (count) => {
        const on = addDays(day('1868-04-01'), count);
        const { from, to } = feePeriodOf(on);
        expect(from <= on && on <= to).toBe(true);
        if (to < '2999-12-31') expect(feePeriodOf(addDays(to, 1)).from).toBe(addDays(to, 1));
      }),
    );
    expect(feePeriodOf(day('2999-12-31')).to).toBe('2999-12-31');
    expect(feePeriodOf(day('1868-01-01')).from).toBe('1868-01-01');
  });

  it('期をまたぐかどうか', () => {
    expect(crossesFeePeriod(day('2026-07-31'), day('2026-08-01'))).toBe(true);
    expect(crossesFeePeriod(day('2026-12-31'), day('2027-01-01'))).toBe(false);
    expect(crossesFeePeriod(day('2026-04-01'), day('2027-04-01'))).toBe(true);
  });
});

describe('会費減免(FW01–FW03)', () => {
  it('3月卒業は翌年度から、4月から翌年2月までの卒業は卒業した年度から、5年度間', () => {
    expect(graduateWaiverPeriod(yearMonth('2024-03'))).toEqual({ from: '2024-04-01', to: '2029-03-31' });
    expect(graduateWaiverPeriod(yearMonth('2024-04'))).toEqual({ from: '2024-04-01', to: '2029-03-31' });
    expect(graduateWaiverPeriod(yearMonth('2024-09'))).toEqual({ from: '2024-04-01', to: '2029-03-31' });
    expect(graduateWaiverPeriod(yearMonth('2025-02'))).toEqual({ from: '2024-04-01', to: '2029-03-31' });
    expect(graduateWaiverPeriod(yearMonth('2025-03'))).toEqual({ from: '2025-04-01', to: '2030-03-31' });
  });

  it('卒業後5年度の最終日までは免除、翌日からは対象外', () => {
    const graduatedOn = yearMonth('2024-03');
    expect(feeWaiver({ graduatedOn, isTrainee: false, on: day('2029-03-31') })).toEqual({
      waived: true,
      until: '2029-03-31',
      reason: '医学部卒業後5年度以内のため会費が免除されます(令和11年3月31日まで)',
      rules: ['FW02'],
    });
    expect(feeWaiver({ graduatedOn, isTrainee: false, on: day('2029-04-01') })).toMatchObject({
      waived: false,
      rules: [],
    });
    expect(feeWaiver({ graduatedOn, isTrainee: false, on: day('2024-03-31') }).waived).toBe(false);
  });

  it('卒業後5年の免除は2023年4月から', () => {
    const graduatedOn = yearMonth('2021-03');
    expect(feeWaiver({ graduatedOn, isTrainee: false, on: day('2023-03-31') }).waived).toBe(false);
    expect(feeWaiver({ graduatedOn, isTrainee: false, on: day('2023-04-01') })).toMatchObject({
      waived: true,
      until: '2026-03-31',
    });
  });

  it('臨床研修医は免除され、長い方の期限が示される', () => {
    const graduatedOn = yearMonth('2026-03');
    expect(feeWaiver({ graduatedOn, isTrainee: true, trainingEndsOn: day('2028-03-31'), on: day('2026-04-01') })).toEqual({
      waived: true,
      until: '2031-03-31',
      reason: '臨床研修中、医学部卒業後5年度以内のため会費が免除されます(令和13年3月31日まで)',
      rules: ['FW01', 'FW02'],
    });
    expect(feeWaiver({ graduatedOn, isTrainee: true, trainingEndsOn: day('2032-03-31'), on: day('2026-04-01') }).until).toBe('2032-03-31');
  });

  it('卒業年月が不明でも臨床研修中は免除。終了日が不明なら期限は示さない', () => {
    expect(feeWaiver({ isTrainee: true, on: day('2026-04-01') })).toEqual({
      waived: true,
      reason: '臨床研修中のため会費が免除されます',
      rules: ['FW01'],
    });
    expect(feeWaiver({ isTrainee: true, trainingEndsOn: day('2026-03-31'), on: day('2026-04-01') }).waived).toBe(false);
    expect(feeWaiver({ isTrainee: false, on: day('2026-04-01') }).waived).toBe(false);
  });

  it('卒業後5年を過ぎた臨床研修医の免除は2026年4月から', () => {
    const question = { graduatedOn: yearMonth('2019-03'), isTrainee: true, trainingEndsOn: day('2027-03-31') };
    expect(feeWaiver({ ...question, on: day('2026-03-31') }).waived).toBe(false);
    expect(feeWaiver({ ...question, on: day('2026-04-01') })).toMatchObject({
      waived: true,
      until: '2027-03-31',
      rules: ['FW03'],
    });
    expect(feeWaiver({ ...question, on: day('2023-05-01') }).until).toBe('2024-03-31');
  });

  it('期限が示された免除は、その日まで続き、次の日には終わる', () => {
    const on = fc.integer({ min: 0, max: 4_000 }).map((count) => addDays(day('2022-01-01'), count));
    const graduatedOn = fc
      .tuple(fc.integer({ min: 2010, max: 2030 }), fc.integer({ min: 1, max: 12 }))
      .map(([year, month]) => yearMonth(`${year}-${String(month).padStart(2, '0')}`));
    fc.assert(
      fc.property(on, graduatedOn, fc.boolean(), on, (asked, graduated, isTrainee, trainingEndsOn) => {
        const question = { graduatedOn: graduated, isTrainee, trainingEndsOn };
        const { waived, until } = feeWaiver({ ...question, on: asked });
        if (!waived) return;
        expect(until !== undefined && until >= asked).toBe(true);
        if (until === undefined) return;
        expect(feeWaiver({ ...question, on: until }).waived).toBe(true);
        expect(feeWaiver({ ...question, on: addDays(until, 1) }).waived).toBe(false);
      }),
    );
  });
});

it('多くの医師に一度に尋ねる月の範囲は、一人ずつの会費減免と同じ答え', () => {
  for (const on of ['2022-05-01', '2023-03-31', '2023-04-01', '2026-03-31', '2026-04-01', '2027-01-15'].map(day)) {
    const { graduates, trainees } = waivedMonthsOn(on);
    for (let year = 2014; year <= 2027; year += 1) {
      for (const month of ['01', '02', '03', '04', '09', '12']) {
        const graduatedOn = yearMonth(`${year}-${month}`);
        if (`${graduatedOn}-01` > on) continue;
        const graduate = graduates !== undefined && graduatedOn >= graduates.from && graduatedOn <= graduates.to;
        const trainee = trainees !== undefined && graduatedOn >= trainees.from;
        // March graduates are in no fiscal year's waiver until April.
        if (graduateWaiverPeriod(graduatedOn).from > on) continue;
        expect(graduate, `${on} ${graduatedOn}`).toBe(feeWaiver({ graduatedOn, isTrainee: false, on }).waived);
        expect(graduate || trainee, `${on} ${graduatedOn}`).toBe(feeWaiver({ graduatedOn, isTrainee: true, on }).waived);
      }
    }
  }
});
