import { addDays, compareDays, day, earlierDay, laterDay } from '#kernel/day.ts';
import type { Day } from '#kernel/day.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChainLink, DateQuestion, LowerDecision, SelectionQuestion } from './rules.ts';
import {
  attentionReason,
  chooseAssociations,
  demandedLayer,
  joinDateFindings,
  possibleDouble,
  proposedJoinDate,
  windowDays,
} from './rules.ts';

const kita: ChainLink[] = [
  { associationId: 27_001, layer: 3, name: '大阪市北区医師会' },
  { associationId: 27_000, layer: 2, name: '大阪府医師会' },
  { associationId: 0, layer: 1, name: '日本医師会' },
];
const aoba: ChainLink[] = [
  { associationId: 14_501, layer: 4, name: '横浜市青葉区医師会' },
  { associationId: 14_001, layer: 3, name: '横浜市医師会' },
  { associationId: 14_000, layer: 2, name: '神奈川県医師会' },
  { associationId: 0, layer: 1, name: '日本医師会' },
];

const noDemand = { requiredUpperLayers: 'none', directJoin: false } as const;
const question = (more: Partial<SelectionQuestion>): SelectionQuestion => ({
  chain: kita,
  ticked: [],
  memberOf: [],
  pending: [],
  direct: false,
  lowest: noDemand,
  prefecture: noDemand,
  ...more,
});
const chosenIds = (asked: SelectionQuestion): number[] | string => {
  const answer = chooseAssociations(asked);
  return answer.ok ? answer.chosen.map((link) => link.associationId) : answer.message;
};

describe('医師会の選択(rules.md 1.5, 3.4)', () => {
  test('何も選ばなければ最下層だけ、上を選べば間の層も含まれる', () => {
    expect(chosenIds(question({}))).toEqual([27_001]);
    expect(chosenIds(question({ ticked: [0] }))).toEqual([27_001, 27_000, 0]);
    expect(chosenIds(question({ chain: aoba, ticked: [14_000] }))).toEqual([14_501, 14_001, 14_000]);
  });

  test('最下層の環境設定が求める層までは必ず含まれる', () => {
    expect(chosenIds(question({ lowest: { requiredUpperLayers: 'prefecture', directJoin: false } }))).toEqual([27_001, 27_000]);
    expect(chosenIds(question({ lowest: { requiredUpperLayers: 'all', directJoin: false } }))).toEqual([27_001, 27_000, 0]);
  });

  test('下層の会員は、足りない上層だけを申請する', () => {
    expect(chosenIds(question({ ticked: [0], memberOf: [27_001] }))).toEqual([27_000, 0]);
    expect(chosenIds(question({ ticked: [27_001], memberOf: [27_001] }))).toMatch('選択された医師会にはすべて所属しています。');
  });

  test('直接入会は、認めている都道府県だけ、郡市区等を経由しない', () => {
    expect(chosenIds(question({ direct: true }))).toMatch('郡市区等医師会を経由しない入会はできません');
    expect(chosenIds(question({ direct: true, prefecture: { requiredUpperLayers: 'none', directJoin: true }, ticked: [0] }))).toEqual([
      27_000, 0,
    ]);
  });

  test('別の届で申請中の医師会には、重ねて申請できない', () => {
    expect(chosenIds(question({ ticked: [27_000], pending: [27_000] }))).toBe('大阪府医師会への入会は、別の届で申請中です。');
  });

  test('連なりが無ければ選べない', () => {
    expect(chosenIds(question({ chain: [] }))).toBe('医師会を選択してください');
  });

  const ids = (chain: readonly ChainLink[]) => chain.map((link) => link.associationId);
  const anyQuestion = fc.constantFrom(kita, aoba).chain((chain) =>
    fc.record({
      chain: fc.constant(chain),
      ticked: fc.subarray([...ids(chain), 99_999]),
      memberOf: fc.subarray([...ids(chain), 13_005]),
      pending: fc.subarray([...ids(chain), 13_005], { maxLength: 1 }),
      direct: fc.boolean(),
      lowest: fc.record({
        requiredUpperLayers: fc.constantFrom('none' as const, 'prefecture' as const, 'all' as const),
        directJoin: fc.boolean(),
      }),
      prefecture: fc.record({ requiredUpperLayers: fc.constant('none' as const), directJoin: fc.boolean() }),
    }),
  );

  test('選ばれた連なりには下から上まで穴がなく、既に会員の医師会も申請中の医師会も含まれない', () => {
    fc.assert(
      fc.property(anyQuestion, (asked) => {
        const answer = chooseAssociations(asked);
        if (!answer.ok) return;
        const usable = asked.direct ? asked.chain.filter((link) => link.layer <= 2) : asked.chain;
        const top = Math.min(...answer.chosen.map((link) => link.layer));
        for (const link of usable.filter((one) => one.layer >= top)) {
          expect(answer.chosen.includes(link) || asked.memberOf.includes(link.associationId)).toBe(true);
        }
        for (const link of answer.chosen) {
          expect(usable).toContain(link);
          expect(asked.memberOf.includes(link.associationId) || asked.pending.includes(link.associationId)).toBe(false);
        }
        for (const id of asked.ticked.filter((one) => usable.some((link) => link.associationId === one))) {
          expect(answer.chosen.some((link) => link.associationId === id) || asked.memberOf.includes(id)).toBe(true);
        }
        expect(answer.chosen.map((link) => link.layer)).toEqual(answer.chosen.map((link) => link.layer).toSorted((a, b) => b - a));
      }),
      { numRuns: 2000 },
    );
  });

  test('最下層が求める層は、選択がどうであれ満たされる', () => {
    fc.assert(
      fc.property(
        anyQuestion.filter((asked) => !asked.direct),
        (asked) => {
          const answer = chooseAssociations(asked);
          if (!answer.ok) return;
          for (const link of asked.chain.filter((one) => one.layer >= demandedLayer(asked.lowest))) {
            expect(answer.chosen.includes(link) || asked.memberOf.includes(link.associationId)).toBe(true);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

const lower = (decidedOn: string, layer = 3): LowerDecision => ({
  associationId: 27_001,
  name: '大阪市北区医師会',
  layer,
  state: 'approved',
  decidedOn: day(decidedOn),
});

const dateQuestion = (more: Partial<DateQuestion>): DateQuestion => ({
  decidedOn: day('2026-04-01'),
  today: day('2026-03-20'),
  wishedOn: day('2026-04-01'),
  layer: 3,
  associationName: '大阪市北区医師会',
  asksJma: true,
  lower: [],
  below: [],
  window: { back: 180, ahead: 365 },
  farFuture: 'warn',
  periods: [],
  ...more,
});

const codes = (asked: DateQuestion, level: 'block' | 'warn' | 'note'): string[] =>
  joinDateFindings(asked)
    .filter((finding) => finding.level === level)
    .map((finding) => finding.code);

test('要注意の自動設定: 同姓同名と、別の登録と一致する医籍登録番号(rules.md 3.14)', () => {
  expect(possibleDouble({ namesake: false, claimed: false })).toBeUndefined();
  expect(possibleDouble({ namesake: true, claimed: true })).toBe(
    '同姓同名・同一生年月日の登録があります 医籍登録番号が別の登録と一致します(本人確認中)',
  );
});

describe('入会日の確認(rules.md 3.4)', () => {
  test('4月1日を希望し、理事会承認が4月20日となる例(ガイドライン§6)は、確認のうえ承認できる', () => {
    const asked = dateQuestion({ decidedOn: day('2026-04-20'), today: day('2026-04-21') });
    expect(codes(asked, 'block')).toEqual([]);
    expect(codes(asked, 'warn')).toEqual(['differsFromWish', 'jmaFirstOfApril']);
  });

  test('日本医師会を希望しないときは、4月1日の注意は出ない', () => {
    expect(codes(dateQuestion({ decidedOn: day('2026-04-20'), asksJma: false }), 'warn')).toEqual(['differsFromWish']);
  });

  test('上層が下層より前の日付は断られ、後の日付は確認が要る', () => {
    const upper = {
      layer: 2,
      lower: [lower('2026-04-20')],
      below: [{ joinedOn: day('2026-04-20'), leftOn: null }],
      wishedOn: day('2026-04-20'),
    };
    expect(codes(dateQuestion({ ...upper, decidedOn: day('2026-04-19') }), 'block')).toEqual(['beforeLower']);
    expect(codes(dateQuestion({ ...upper, decidedOn: day('2026-04-20') }), 'block')).toEqual([]);
    expect(codes(dateQuestion({ ...upper, decidedOn: day('2026-04-21') }), 'warn')).toContain('differsFromLower');
  });

  test('届より前からの下層の会員期間にも縛られる(rules.md 1.5)', () => {
    const standing = (leftOn: Day | null) => ({ layer: 2, below: [{ joinedOn: day('2020-04-01'), leftOn }] });
    expect(codes(dateQuestion(standing(null)), 'block')).toEqual([]);
    expect(codes(dateQuestion({ ...standing(null), decidedOn: day('2020-03-31') }), 'block')).toContain('beforeLower');
    expect(codes(dateQuestion(standing(day('2026-12-31'))), 'block')).toEqual(['lowerEnds']);
  });

  test('3月31日に退会して4月1日に入会した下層の会員期間は切れ目がない(rules.md 2.3)', () => {
    const below = [
      { joinedOn: day('2020-04-01'), leftOn: day('2025-03-31') },
      { joinedOn: day('2025-04-01'), leftOn: null },
    ];
    expect(codes(dateQuestion({ layer: 2, below, decidedOn: day('2026-01-01'), wishedOn: day('2026-01-01') }), 'block')).toEqual([]);
    expect(
      codes(
        dateQuestion({ layer: 2, below, decidedOn: day('2025-03-31'), wishedOn: day('2025-03-31'), window: { back: 3650, ahead: 1 } }),
        'block',
      ),
    ).toEqual([]);
    const gap = [
      { joinedOn: day('2020-04-01'), leftOn: day('2025-03-30') },
      { joinedOn: day('2025-04-01'), leftOn: null },
    ];
    expect(codes(dateQuestion({ layer: 2, below: gap, decidedOn: day('2025-03-31'), window: { back: 3650, ahead: 1 } }), 'block')).toEqual([
      'beforeLower',
    ]);
  });

  test('会員期間と重なる日付は断られる', () => {
    expect(codes(dateQuestion({ periods: [{ joinedOn: day('2024-04-01'), leftOn: day('2026-04-01') }] }), 'block')).toEqual([
      'alreadyMember',
    ]);
    expect(codes(dateQuestion({ periods: [{ joinedOn: day('2024-04-01'), leftOn: day('2026-03-31') }] }), 'block')).toEqual([]);
    expect(codes(dateQuestion({ periods: [{ joinedOn: day('2024-04-01'), leftOn: null }] }), 'block')).toEqual(['alreadyMember']);
  });

  test('期をまたぐときは確認が要る', () => {
    expect(codes(dateQuestion({ decidedOn: day('2026-08-01') }), 'warn')).toContain('otherFeePeriod');
  });

  test('1年以上先の日付は、幅の内側でも、環境設定により注意または入力不可となる(screens.md O-21)', () => {
    const wide = { window: { back: 180, ahead: 730 }, wishedOn: day('2027-03-20') };
    expect(codes(dateQuestion({ ...wide, decidedOn: day('2027-03-19') }), 'warn')).not.toContain('farFuture');
    expect(codes(dateQuestion({ ...wide, decidedOn: day('2027-03-20') }), 'warn')).toEqual(['farFuture']);
    expect(codes(dateQuestion({ ...wide, decidedOn: day('2027-03-20'), farFuture: 'block' }), 'block')).toEqual(['farFuture']);
  });

  test('幅の外の日付は、1年に満たなくても、注意の設定でも入力できず、1年以上先とは言わない(screens.md O-06)', () => {
    const found = joinDateFindings(dateQuestion({ window: { back: 180, ahead: 30 }, decidedOn: day('2026-04-20') }));
    expect(found.filter(({ level }) => level === 'block').map(({ text }) => text)).toEqual([
      '入力できる日付は2025/09/21から2026/04/19までです。それ以外の日付は訂正依頼をご利用ください。',
    ]);
  });

  const anyDay = fc.integer({ min: -800, max: 800 }).map((offset) => addDays(day('2026-03-20'), offset));

  test('入力できる日付は、環境設定の幅の内側だけ(両端を含む)', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(400), fc.nat(400), (decidedOn, back, ahead) => {
        const asked = dateQuestion({ decidedOn, wishedOn: decidedOn, window: { back, ahead } });
        const { from, to } = windowDays({ back, ahead }, asked.today);
        expect(codes(asked, 'block').includes('outsideWindow')).toBe(decidedOn < from || decidedOn > to);
      }),
    );
  });

  test('上層の日付が通るのは、どの下層の日付よりも前でないときだけ', () => {
    fc.assert(
      fc.property(anyDay, anyDay, anyDay, (decidedOn, first, second) => {
        const steps = [lower(earlierDay(first, second), 4), lower(laterDay(first, second), 3)];
        const asked = dateQuestion({
          layer: 2,
          decidedOn,
          wishedOn: decidedOn,
          lower: steps,
          below: [{ joinedOn: laterDay(first, second), leftOn: null }],
          window: { back: 3650, ahead: 3650 },
        });
        expect(codes(asked, 'block').length === 0).toBe(compareDays(decidedOn, laterDay(first, second)) >= 0);
      }),
    );
  });

  test('日医の段階だけが医賠責の注意を、すべての段階が訂正の注意を受け取る', () => {
    expect(codes(dateQuestion({ layer: 1 }), 'note')).toContain('insurance');
    expect(codes(dateQuestion({ layer: 2 }), 'note')).not.toContain('insurance');
    expect(codes(dateQuestion({}), 'note')).toContain('final');
  });
});

describe('提案する入会日(rules.md 3.4)', () => {
  const ask = (more: Partial<Parameters<typeof proposedJoinDate>[0]>) =>
    proposedJoinDate({
      layer: 3,
      wishedOn: day('2026-04-10'),
      lower: [],
      dateRule: 'wish',
      boardMeetings: [],
      today: day('2026-03-20'),
      ...more,
    });

  test('日医は下層の日付、ほかは環境設定の決め方による', () => {
    expect(ask({ layer: 1, lower: [lower('2026-04-20')] })).toBe('2026-04-20');
    expect(ask({})).toBe('2026-04-10');
    expect(ask({ layer: 2, lower: [lower('2026-04-20')] })).toBe('2026-04-20');
    expect(ask({ dateRule: 'firstOfMonth' })).toBe('2026-05-01');
    expect(ask({ dateRule: 'firstOfMonth', wishedOn: day('2026-05-01') })).toBe('2026-05-01');
    expect(ask({ dateRule: 'boardMeeting', boardMeetings: [day('2026-04-05'), day('2026-04-20')] })).toBe('2026-04-20');
    expect(ask({ dateRule: 'boardMeeting', boardMeetings: [] })).toBe('2026-04-10');
  });

  test('理事会の日程がどの順に登録されていても、最も早い日が選ばれる', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.nat(300).map((offset) => addDays(day('2026-03-01'), offset)),
          { minLength: 1, maxLength: 12 },
        ),
        (boardMeetings) => {
          const fitting = boardMeetings.filter((on) => on >= day('2026-04-10')).toSorted(compareDays);
          expect(ask({ dateRule: 'boardMeeting', boardMeetings })).toBe(fitting[0] ?? '2026-04-10');
        },
      ),
    );
  });

  test('下層の日付や希望日より前を提案しない', () => {
    const anyDay = fc.integer({ min: 0, max: 400 }).map((offset) => addDays(day('2026-01-01'), offset));
    fc.assert(
      fc.property(
        anyDay,
        anyDay,
        fc.constantFrom('wish' as const, 'boardMeeting' as const, 'firstOfMonth' as const),
        fc.constantFrom(2, 3),
        fc.array(anyDay, { maxLength: 5 }),
        (wishedOn, below, dateRule, layer, boardMeetings) => {
          const proposed = ask({ layer, wishedOn, lower: [lower(below)], dateRule, boardMeetings });
          expect(proposed >= below && proposed >= wishedOn).toBe(true);
        },
      ),
    );
  });
});

test('要注意になるのは、層で日付が違う・期をまたぐ・遠い先のとき(rules.md 3.14)', () => {
  expect(attentionReason(joinDateFindings(dateQuestion({})))).toBeUndefined();
  expect(attentionReason(joinDateFindings(dateQuestion({ decidedOn: day('2026-04-20') })))).toBeUndefined();
  expect(attentionReason(joinDateFindings(dateQuestion({ decidedOn: day('2026-08-01') })))).toContain('会費の期');
  expect(
    attentionReason(
      joinDateFindings(
        dateQuestion({
          layer: 2,
          decidedOn: day('2026-04-20'),
          lower: [lower('2026-04-01')],
          below: [{ joinedOn: day('2026-04-01'), leftOn: null }],
        }),
      ),
    ),
  ).toContain('下層');
});
