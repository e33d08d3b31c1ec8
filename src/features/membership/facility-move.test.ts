import { expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import type { LedgerEvent } from './rules.ts';
import { followingFacility, foldLedger } from './rules.ts';

const event = (id: number, more: Partial<LedgerEvent>): LedgerEvent => ({
  id,
  kind: 'joined',
  correctedKind: null,
  affiliationId: 'a',
  effectiveOn: day('2020-04-01'),
  categoryId: null,
  facilityId: null,
  reason: '',
  supersedes: null,
  ...more,
});

const joined = event(1, { categoryId: 1, facilityId: 'old' });
const move = { from: 'old', to: 'new', on: day('2026-01-15'), reason: '施設の統合' };

/** Facilities by the first day of each phase, after the lines were written. */
function phasesAfter(events: readonly LedgerEvent[]): [string, string | null][] {
  const lines = followingFacility(events, move).map(({ repeats: _repeats, ...line }, index) =>
    event(100 + index, { ...line, correctedKind: null }),
  );
  const folded = foldLedger([...events, ...lines]);
  if (!folded.ok) throw new Error(folded.fault.fault);
  return folded.periods.flatMap((period) => period.phases.map((phase): [string, string | null] => [phase.startsOn, phase.facilityId]));
}

test('続いている所属は、その日から統合先になり、それより前は変わらない', () => {
  expect(phasesAfter([joined])).toEqual([
    ['2020-04-01', 'old'],
    ['2026-01-15', 'new'],
  ]);
  expect(followingFacility([event(1, { categoryId: 1, facilityId: 'other' })], move)).toEqual([]);
});

test('終わった所属は変わらず、その日に終わる所属はその日だけ変わる', () => {
  const left = (on: string) => event(2, { kind: 'left', effectiveOn: day(on) });
  expect(followingFacility([joined, left('2026-01-14')], move)).toEqual([]);
  expect(phasesAfter([joined, left('2026-01-15')]).at(-1)).toEqual(['2026-01-15', 'new']);
});

test('先の日付で決まっている所属は、決まったまま統合先になる', () => {
  const later = event(2, { kind: 'facility_changed', effectiveOn: day('2026-04-01'), facilityId: 'old' });
  expect(phasesAfter([event(1, { categoryId: 1, facilityId: 'other' }), later])).toEqual([
    ['2020-04-01', 'other'],
    ['2026-04-01', 'new'],
  ]);
  expect(phasesAfter([event(1, { categoryId: 1, facilityId: 'old', effectiveOn: day('2026-02-01') })])).toEqual([['2026-02-01', 'new']]);
  const elsewhere = event(2, { kind: 'facility_changed', effectiveOn: day('2026-04-01'), facilityId: 'other' });
  expect(phasesAfter([joined, elsewhere])).toEqual([
    ['2020-04-01', 'old'],
    ['2026-01-15', 'new'],
    ['2026-04-01', 'other'],
  ]);
});

test('同じ日に決まっていることがあっても、二重にならない', () => {
  const category = event(2, { kind: 'category_changed', effectiveOn: day('2026-01-15'), categoryId: 2 });
  expect(phasesAfter([joined, category]).at(-1)).toEqual(['2026-01-15', 'new']);
  const away = event(2, { kind: 'facility_changed', effectiveOn: day('2026-01-15'), facilityId: 'other' });
  expect(followingFacility([joined, away], move)).toEqual([]);
});
