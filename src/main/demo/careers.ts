import type { Day } from '#kernel/day.ts';
import { addDays, day, dayFrom, partsOfDay } from '#kernel/day.ts';
import type { MadeFacility } from './facilities.ts';
import type { District } from './places.ts';
import type { Dice } from './random.ts';

/** What a made-up doctor's membership looked like before this system began: the input of `importHistory`. */

export type KnownFacility = Pick<MadeFacility, 'kind' | 'associationId'> & { id: string };

export type Entry = {
  associationId: number;
  kind: 'joined' | 'left' | 'category_changed' | 'facility_changed';
  effectiveOn: Day;
  categoryId: number | null;
  facilityId: string | null;
  reason: string;
};

export type History = {
  lowestAssociationId: number;
  facilityId: string | null;
  workCode: string;
  positionCode: string;
  designations: string[];
  entries: Entry[];
};

export type CareerQuestion = {
  district: District;
  facilities: readonly KnownFacility[];
  categoryId: (associationId: number, code: string) => number;
  licensedOn: Day;
  /** Nothing here is later than this day, except a leave that is already known. */
  until: Day;
  dice: Dice;
  /** Associations that another affiliation carries already. */
  without?: readonly number[];
};

/** A first of April or another first of month between two years, both included. */
function firstOfMonth(dice: Dice, fromYear: number, toYear: number): Day {
  const month = dice.chance(0.5) ? 4 : dice.from(1, 12);
  return dayFrom(dice.from(fromYear, Math.max(fromYear, toYear)), month, 1) ?? day('2000-04-01');
}

/** The category that fits a doctor so many years after the licence. */
function firstCategory(years: number, dice: Dice): string {
  if (years < 2) return dice.pick(['C', 'A2C']);
  return years < 12 ? dice.pick(['B', 'B', 'A2B']) : dice.pick(['A1', 'A1', 'A2B', 'B']);
}

const nextCategory: Readonly<Record<string, string>> = { C: 'B', A2C: 'A2B', B: 'A1', A2B: 'A1' };

function workOf(category: string, kind: 'clinic' | 'hospital'): { workCode: string; positionCode: string } {
  if (category === 'A1') return kind === 'clinic' ? { workCode: '11', positionCode: '02' } : { workCode: '23', positionCode: '02' };
  if (category === 'C' || category === 'A2C') return { workCode: '24', positionCode: '32' };
  return kind === 'clinic' ? { workCode: '14', positionCode: '14' } : { workCode: '24', positionCode: '13' };
}

type Stay = { joinedOn: Day; leftOn: Day | undefined; reason: string };

/** One or two stays; the last one usually goes on. */
function staysOf(question: CareerQuestion): Stay[] {
  const { dice, until } = question;
  const licensed = partsOfDay(question.licensedOn).year;
  const last = partsOfDay(until).year - 1;
  const joinedOn = firstOfMonth(dice, Math.min(licensed + 1 + dice.from(0, 12), last), last - dice.from(0, 3));
  const leaves = dice.chance(0.14);
  if (!leaves) return [{ joinedOn, leftOn: undefined, reason: '' }];
  const leftOn = addDays(firstOfMonth(dice, partsOfDay(joinedOn).year + 1, last + 1), -1);
  const reason = dice.chance(0.7) ? '廃業・退職' : 'その他';
  const first: Stay = { joinedOn, leftOn, reason };
  const back = addDays(leftOn, dice.chance(0.3) ? 1 : dice.from(2, 40) * 30);
  return dice.chance(0.3) && back < until ? [first, { joinedOn: back, leftOn: undefined, reason: '' }] : [first];
}

/** How far up the chain: usually all, sometimes without 日本医師会, seldom the lowest alone. */
function chainOfStay(question: CareerQuestion): { id: number; layer: number }[] {
  const draw = question.dice.next();
  const top = draw < 0.78 ? 1 : draw < 0.93 ? 2 : 3;
  return question.district.chain.filter((link) => link.layer >= top && !(question.without ?? []).includes(link.id));
}

type Change = { on: Day; code: string };

function changesOf(question: CareerQuestion, first: { on: Day; code: string }, leftOn: Day | undefined): Change[] {
  const changes: Change[] = [];
  const end = leftOn ?? question.until;
  let { on, code } = first;
  for (;;) {
    const next = nextCategory[code];
    if (next === undefined) return changes;
    const years = code === 'C' || code === 'A2C' ? 2 : question.dice.from(6, 14);
    on = dayFrom(partsOfDay(on).year + years, 4, 1) ?? end;
    if (on >= end || question.dice.chance(0.25)) return changes;
    code = next;
    changes.push({ on, code });
  }
}

function entriesOfStay(
  question: CareerQuestion,
  stay: Stay,
  facilities: { first: string; later: string | undefined },
): { entries: Entry[]; category: string } {
  const { dice, categoryId } = question;
  const years = partsOfDay(stay.joinedOn).year - partsOfDay(question.licensedOn).year;
  const code = firstCategory(years, dice);
  const changes = changesOf(question, { on: stay.joinedOn, code }, stay.leftOn);
  const end = stay.leftOn ?? question.until;
  const lagged = dice.chance(0.2) ? addDays(stay.joinedOn, dice.from(1, 3) * 30) : stay.joinedOn;
  const upper = lagged < end && (changes[0] === undefined || lagged < changes[0].on) ? lagged : stay.joinedOn;
  const moved = facilities.later === undefined ? undefined : addDays(stay.joinedOn, dice.from(400, 3000));
  const entries: Entry[] = chainOfStay(question).flatMap((link) => {
    const entry = (kind: Entry['kind'], effectiveOn: Day, more: Partial<Entry> = {}): Entry => ({
      associationId: link.id,
      kind,
      effectiveOn,
      categoryId: null,
      facilityId: null,
      reason: '',
      ...more,
    });
    return [
      entry('joined', link.layer <= 2 ? upper : stay.joinedOn, {
        categoryId: categoryId(link.id, code),
        facilityId: facilities.first,
        reason: '入会',
      }),
      ...changes.map((change) =>
        entry('category_changed', change.on, {
          categoryId: categoryId(link.id, change.code),
          reason: change.code === 'A1' ? '開業' : '臨床研修修了',
        }),
      ),
      ...(moved === undefined || moved >= end
        ? []
        : [entry('facility_changed', moved, { facilityId: facilities.later ?? null, reason: '勤務先の変更' })]),
      ...(stay.leftOn === undefined ? [] : [entry('left', stay.leftOn, { reason: stay.reason })]),
    ];
  });
  return { entries, category: changes.at(-1)?.code ?? code };
}

/** The affiliation of a doctor in one district with everything that happened until the system began. */
export function makeHistory(question: CareerQuestion): History {
  const { dice } = question;
  const first = dice.pick(question.facilities);
  const later = dice.chance(0.2) ? dice.pick(question.facilities) : undefined;
  const stays = staysOf(question).map((stay) => entriesOfStay(question, stay, { first: first.id, later: later?.id }));
  const facility = later ?? first;
  return {
    lowestAssociationId: question.district.id,
    facilityId: facility.id,
    ...workOf(stays.at(-1)?.category ?? 'B', facility.kind),
    designations: dice.chance(0.6) ? ['01'] : dice.chance(0.3) ? ['01', '05'] : [],
    entries: stays.flatMap((stay) => stay.entries),
  };
}
