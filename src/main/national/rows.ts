import type { Day } from '#kernel/day.ts';
import type { LedgerEvent } from '#features/membership/rules.ts';
import { foldLedger } from '#features/membership/rules.ts';
import type { Names } from '../demo/names.ts';
import type { Dice } from '../demo/random.ts';
import type { Country, Leaf } from './country.ts';
import type { DayNumber } from './dates.ts';
import { dayText, instantText } from './dates.ts';
import type { Life, MadeCase, StepFate } from './lives.ts';
import type { Writer } from './writer.ts';

/** Turns made-up lives into rows, as the commands and the triggers of the database would have left them. */

export type RowMaker = {
  write: (number: number, life: Life) => void;
  counts: () => { events: number; applications: number; numbers: number };
};

type Surroundings = {
  country: Country;
  names: Names;
  dice: Dice;
  today: DayNumber;
  writer: Writer;
  facilityId: (leaf: Leaf, index: number) => string;
};

export type IdKind = 1 | 2 | 3 | 4 | 5 | 6;

/** Where the ids of a load begin, so that they look like those of version 7 with a time long ago. */
const firstId = 0x010000000000;

/**
 * Ids in the order of writing, so that the keys of a load grow like those of daily work. The number stands in the first
 * digits, as the time does in daily ids: GiST judges the distance of two ids by their beginnings.
 */
export function idOf(kind: IdKind, number: number): string {
  const hex = (firstId + number).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-00000000000${kind}`;
}

export const kinds = { facility: 1, person: 2, affiliation: 3, application: 4, step: 5, staff: 6 } as const;

function sorted(ids: Iterable<number>): number[] {
  return [...new Set(ids)].sort((a, b) => a - b);
}

type Person = {
  id: string;
  name: string;
  kana: string;
  licence: string;
  surname: string;
  given: string;
  surnameKana: string;
  givenKana: string;
  male: boolean;
};

/** Rows of one person that belong together. */
type Sheet = {
  person: Person;
  life: Life;
  affiliationIds: string[];
  joined: Set<number>[];
  pending: number[][];
  events: Map<number, (LedgerEvent & { affiliation: number })[]>;
};

const stepDays = 3;

/** Turns lives into rows of every table, one person after the other. */
export function makeRows(around: Surroundings): RowMaker {
  const { writer, country, names, dice } = around;
  const count = { event: 0, affiliation: 0, application: 0, step: 0, tick: 0 };

  function personOf(number: number, life: Life): Person {
    const male = dice.chance(0.72);
    const bornYear = Number(dayText(life.born).slice(0, 4));
    const surname = names.surname(dice);
    const given = names.given(dice, {
      sex: male ? 'male' : 'female',
      era: bornYear < 1957 ? 'older' : bornYear < 1986 ? 'middle' : 'young',
    });
    return {
      id: idOf(kinds.person, number),
      licence: String(100_000 + number),
      male,
      surname: surname.kanji,
      given: given.kanji,
      surnameKana: surname.kana,
      givenKana: given.kana,
      name: `${surname.kanji} ${given.kanji}`,
      kana: `${surname.kana} ${given.kana}`,
    };
  }

  function instant(day: DayNumber): string {
    count.tick += 1;
    return instantText(day, count.tick);
  }

  function writeEvent(
    sheet: Sheet,
    made: MadeCase,
    step: { id: string; associationId: number; category: string | undefined; at: string },
  ): void {
    count.event += 1;
    const affiliation = made.affiliation ?? 0;
    const facilityId =
      made.facility === undefined ? null : around.facilityId(sheet.life.affiliations[affiliation]?.leaf ?? fail(), made.facility);
    const categoryId = step.category === undefined ? null : country.categoryId(step.associationId, step.category);
    const event = {
      id: count.event,
      kind: made.deed,
      correctedKind: null,
      affiliationId: sheet.affiliationIds[affiliation] ?? '',
      effectiveOn: dayText(made.effective),
      categoryId,
      facilityId: made.deed === 'joined' || made.deed === 'facility_changed' ? facilityId : null,
      reason: made.deed === 'left' ? '廃業・退職' : '',
      supersedes: null,
      affiliation,
    };
    const known = sheet.events.get(step.associationId);
    if (known === undefined) sheet.events.set(step.associationId, [event]);
    else known.push(event);
    sheet.joined[affiliation]?.add(step.associationId);
    writer.add('membership_event', [
      event.id,
      sheet.person.id,
      step.associationId,
      event.affiliationId,
      event.kind,
      event.effectiveOn,
      categoryId,
      event.facilityId,
      event.reason,
      step.at,
      idOf(kinds.staff, step.associationId),
      step.associationId,
      step.id,
    ]);
  }

  function action(
    sheet: { applicationId: string; visible: readonly number[] },
    act: {
      stepId: string | null;
      action: string;
      from: string;
      to: string;
      at: string;
      by: number | null;
      name: string;
      decidedOn?: Day;
      categoryId?: number | null;
    },
  ): void {
    writer.add('application_action', [
      sheet.applicationId,
      act.stepId,
      act.action,
      act.from,
      act.to,
      act.decidedOn ?? null,
      act.categoryId ?? null,
      '{}',
      '',
      act.name,
      act.by === null ? null : idOf(kinds.staff, act.by),
      act.by,
      act.at,
      sheet.visible,
    ]);
  }

  function writeSteps(sheet: Sheet, made: MadeCase, about: { applicationId: string; visible: readonly number[] }): void {
    const leg = made.kind === 'join' ? 'join' : made.kind === 'withdrawal' ? 'leave' : 'change';
    const open = made.state === 'submitted' || made.state === 'returned';
    let reached = made.submitted;
    for (const [ordinal, step] of made.steps.entries()) {
      count.step += 1;
      const id = idOf(kinds.step, count.step);
      const seen = step.fate !== 'waiting' && step.fate !== 'skipped';
      const arrived = seen ? instant(reached) : null;
      const decided = ['approved', 'rejected', 'acknowledged'].includes(step.fate);
      reached += decided || step.fate === 'received' || step.fate === 'returned' ? stepDays : 0;
      const at = instant(reached);
      const approved = step.fate === 'approved';
      const categoryId = step.category === undefined ? null : country.categoryId(step.associationId, step.category);
      const role = made.kind === 'withdrawal' && ordinal > 0 ? 'acknowledge' : 'decide';
      writer.add('application_step', [
        id,
        about.applicationId,
        leg,
        ordinal,
        sheet.person.id,
        step.associationId,
        step.layer,
        role,
        step.fate,
        open,
        categoryId,
        approved ? dayText(made.effective) : null,
        approved ? categoryId : null,
        country.settingsVersion,
        instantText(made.submitted, 0),
        arrived,
        approved || step.fate === 'received' ? at : null,
        decided ? at : null,
        decided ? '事務局' : '',
        about.visible,
      ]);
      const by = { stepId: id, from: 'arrived', at, by: step.associationId, name: '事務局' };
      const verb = verbs[step.fate];
      if (verb !== undefined)
        action(about, { ...by, action: verb, to: step.fate, ...(approved ? { decidedOn: dayText(made.effective), categoryId } : {}) });
      if (approved || step.fate === 'acknowledged')
        writeEvent(sheet, made, { id, associationId: step.associationId, category: step.category, at });
    }
  }

  function writeCase(sheet: Sheet, made: MadeCase): void {
    count.application += 1;
    const applicationId = idOf(kinds.application, count.application);
    const visible = sorted(made.steps.map((step) => step.associationId));
    const submitted = instantText(made.submitted, 0);
    const open = made.state === 'submitted' || made.state === 'returned';
    const affiliationId = made.affiliation === undefined ? null : (sheet.affiliationIds[made.affiliation] ?? null);
    if (open && made.affiliation !== undefined) sheet.pending[made.affiliation] = visible;
    const closed = open ? null : instantText(made.submitted + stepDays * made.steps.length, 479);
    const choices = made.steps.map((step) => ({
      associationId: step.associationId,
      categoryId: country.categoryId(step.associationId, step.category ?? 'B'),
    }));
    const form = {
      way: 'association',
      prefecture: '',
      lowestAssociationId: made.lowest,
      direct: false,
      choices,
      details: {
        wishedOn: dayText(made.effective),
        facilityUndecided: 'on',
        workCode: '24',
        positionCode: '14',
        designations: ['01'],
        note: '',
      },
    };
    writer.add('application', [
      applicationId,
      `${dayText(made.submitted).slice(0, 4)}-${String(count.application).padStart(7, '0')}`,
      made.kind,
      made.state,
      sheet.person.id,
      affiliationId,
      made.kind === 'join' ? `new:${made.lowest}` : affiliationId,
      JSON.stringify(form),
      dayText(made.effective),
      sheet.person.name,
      sheet.person.kana,
      sheet.person.licence,
      visible,
      3 + made.steps.length,
      submitted,
      closed ?? submitted,
      submitted,
      closed,
    ]);
    action(
      { applicationId, visible },
      { stepId: null, action: 'submit', from: 'draft', to: 'submitted', at: submitted, by: null, name: sheet.person.name },
    );
    writeSteps(sheet, made, { applicationId, visible });
    if (made.state === 'retracted' || made.state === 'cancelled') {
      const byOffice = made.state === 'cancelled';
      action(
        { applicationId, visible },
        {
          stepId: null,
          action: byOffice ? 'cancel' : 'retract',
          from: 'submitted',
          to: made.state,
          at: instant(made.submitted + 5),
          by: byOffice ? made.lowest : null,
          name: byOffice ? '事務局' : sheet.person.name,
        },
      );
    }
  }

  function writeStanding(sheet: Sheet): void {
    const scopes = sheet.joined.map((ids) => sorted(ids));
    const scopeOf = new Map(sheet.affiliationIds.map((id, index) => [id, scopes[index] ?? []]));
    for (const [associationId, events] of sheet.events) {
      const folded = foldLedger(events);
      if (!folded.ok) throw new Error(`life of person ${sheet.person.id}: ${folded.fault.fault}`);
      for (const period of folded.periods) {
        const joinedBy = events.find((event) => event.id === period.joinedEventId);
        writer.add('membership_period', [
          sheet.person.id,
          associationId,
          period.joinedOn,
          period.leftOn,
          period.leftReason,
          period.joinedEventId,
          period.leftEventId,
          scopeOf.get(joinedBy?.affiliationId ?? '') ?? [],
        ]);
        for (const phase of period.phases) {
          writer.add('membership_phase', [
            sheet.person.id,
            associationId,
            phase.affiliationId,
            phase.categoryId,
            phase.facilityId,
            phase.startsOn,
            phase.endsOn,
            period.joinedOn,
            period.leftOn,
            phase.eventId,
            scopeOf.get(phase.affiliationId) ?? [],
          ]);
        }
      }
    }
    for (const [index, affiliation] of sheet.life.affiliations.entries()) {
      writer.add('affiliation', [
        sheet.affiliationIds[index] ?? '',
        sheet.person.id,
        around.facilityId(affiliation.leaf, affiliation.facility),
        affiliation.leaf.id,
        '24',
        '14',
        index === 0,
        scopes[index] ?? [],
        sheet.pending[index] ?? [],
      ]);
    }
  }

  function writePerson(number: number, sheet: Sheet): void {
    const { person, life } = sheet;
    const running = life.cases
      .filter((made) => made.state === 'submitted' || made.state === 'returned')
      .flatMap((made) => made.steps.map((step) => step.associationId));
    const visible = sorted([...sheet.events.keys(), ...running]);
    const prefecture = life.affiliations[0]?.leaf.prefectureCode ?? '13';
    writer.add('person', [
      person.id,
      person.surname,
      person.given,
      person.surnameKana,
      person.givenKana,
      dayText(life.born),
      person.male ? 'male' : 'female',
      `${prefecture}00001`,
      prefecture,
      `中央${dice.from(1, 9)}-${dice.from(1, 30)}`,
      '0000-00-0000',
      dice.chance(0.5) ? `d${number}@demo.example.jp` : null,
      '01',
      'N01',
      `${life.graduatedYear}-03`,
      `${life.graduatedYear + 2}-03`,
      visible,
    ]);
    const verified = sheet.events.size === 0 ? null : instantText(Math.max(1, around.today - 400), number);
    writer.add('person_licence', [number, person.id, person.licence, dayText(life.licensed), verified, visible]);
  }

  return {
    counts: () => ({ events: count.event, applications: count.application, numbers: count.application }),
    write: (number, life) => {
      const affiliationIds = life.affiliations.map(() => idOf(kinds.affiliation, (count.affiliation += 1)));
      const sheet: Sheet = {
        person: personOf(number, life),
        life,
        affiliationIds,
        joined: affiliationIds.map(() => new Set()),
        pending: [],
        events: new Map(),
      };
      for (const made of life.cases) writeCase(sheet, made);
      writeStanding(sheet);
      writePerson(number, sheet);
    },
  };
}

const verbs: Readonly<Partial<Record<StepFate, string>>> = {
  approved: 'approve',
  rejected: 'reject',
  returned: 'return',
  received: 'receive',
};

function fail(): never {
  throw new RangeError('no such affiliation');
}
