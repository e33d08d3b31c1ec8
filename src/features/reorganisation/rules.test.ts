import { describe, expect, test } from 'vitest';
import { day } from '#kernel/day.ts';
import type { LedgerEvent } from '#features/membership/rules.ts';
import type { PersonGround } from './rules.ts';
import { wayOf } from './rules.ts';

const from = 27_001;
const to = 27_002;
const osaka = 27_000;
const old = 'old';
const startsOn = day('2026-04-01');

const event = (id: number, kind: LedgerEvent['kind'], on: string, more: Partial<LedgerEvent> = {}): LedgerEvent => ({
  id,
  kind,
  correctedKind: null,
  affiliationId: old,
  effectiveOn: day(on),
  categoryId: kind === 'left' || kind === 'facility_changed' ? null : 1,
  facilityId: null,
  reason: '',
  supersedes: null,
  ...more,
});

const ground = (ledger: [number, LedgerEvent[]][], more: Partial<PersonGround> = {}): PersonGround => ({
  from,
  to,
  startsOn,
  categories: new Map([[1, 11]]),
  ledger: new Map(ledger),
  stepOf: new Map(),
  lowestOf: (id) => (id === old ? from : to),
  inCases: [],
  ...more,
});

const short = (one: PersonGround) => {
  const found = wayOf(one, () => 'new');
  if (!found.ok) return found.reason;
  return found.way.lines.map(
    (line) => `${line.associationId} ${line.kind} ${line.effectiveOn} ${line.affiliationId} ${line.categoryId ?? '-'}`,
  );
};

describe('合併・分割で移る会員の台帳(screens.md J-02, rules.md 1.2)', () => {
  test('前日に退会、適用日に入会し、上層の会員資格は新しい所属に移る', () => {
    const ledger: [number, LedgerEvent[]][] = [
      [from, [event(1, 'joined', '2020-04-01')]],
      [osaka, [event(2, 'joined', '2020-04-01', { categoryId: 5 })]],
    ];
    expect(short(ground(ledger))).toEqual([
      '27001 left 2026-03-31 old -',
      '27002 joined 2026-04-01 new 11',
      '27000 facility_changed 2026-04-01 new -',
    ]);
  });

  test('適用日以後に効力の生じる退会と入会は、移った先の医師会の退会と入会になる', () => {
    const leaves = [event(1, 'joined', '2020-04-01'), event(2, 'left', '2026-06-30', { reason: '廃業' })];
    expect(short(ground([[from, leaves]]))).toEqual([
      '27001 annulled 2026-06-30 old -',
      '27001 left 2026-03-31 old -',
      '27002 joined 2026-04-01 new 11',
      '27002 left 2026-06-30 new -',
    ]);
    expect(short(ground([[from, [event(1, 'joined', '2026-05-01')]]]))).toEqual([
      '27001 annulled 2026-05-01 old -',
      '27002 joined 2026-05-01 new 11',
    ]);
  });

  test('前日までに退会した人と、別の所属による上層の会員資格は変わらない', () => {
    expect(short(ground([[from, [event(1, 'joined', '2020-04-01'), event(2, 'left', '2026-03-31')]]]))).toEqual([]);
    const other = [event(2, 'joined', '2019-04-01', { affiliationId: 'other' })];
    expect(
      short(
        ground([
          [from, [event(1, 'joined', '2020-04-01')]],
          [osaka, other],
        ]),
      ),
    ).toEqual(['27001 left 2026-03-31 old -', '27002 joined 2026-04-01 new 11']);
  });

  test('両方の会員は元の医師会を退会するだけで、上層はもう一方の所属に移る。先の決定があれば移さない', () => {
    const both: [number, LedgerEvent[]][] = [
      [from, [event(1, 'joined', '2020-04-01')]],
      [to, [event(2, 'joined', '2021-04-01', { affiliationId: 'there', categoryId: 11 })]],
      [osaka, [event(3, 'joined', '2020-04-01', { categoryId: 5 })]],
    ];
    expect(short(ground(both))).toEqual(['27001 left 2026-03-31 old -', '27000 facility_changed 2026-04-01 there -']);
    const later = both.map(([id, events]): [number, LedgerEvent[]] => [
      id,
      id === from ? [...events, event(9, 'left', '2026-08-31')] : events,
    ]);
    expect(short(ground(later))).toBe('bothMembers');
  });

  test('移る先の会員区分が決められていない人は移さない', () => {
    expect(short(ground([[from, [event(1, 'joined', '2020-04-01')]]], { categories: new Map() }))).toBe('category');
  });

  test('上層の適用日以後の変更も、新しい所属の変更になる', () => {
    const ledger: [number, LedgerEvent[]][] = [
      [from, [event(1, 'joined', '2020-04-01')]],
      [osaka, [event(2, 'joined', '2020-04-01'), event(3, 'category_changed', '2026-07-01', { categoryId: 6 })]],
    ];
    expect(short(ground(ledger)).slice(2)).toEqual([
      '27000 facility_changed 2026-04-01 new -',
      '27000 annulled 2026-07-01 old -',
      '27000 category_changed 2026-07-01 new 6',
    ]);
  });
});
