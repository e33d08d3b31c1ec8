import { foldLedger } from '#features/membership/rules.ts';
import { dayText, instantText } from './dates.ts';
import { idOf, kinds } from './ids.ts';
import type { Life } from './lives.ts';
import type { Load, Person, Sheet } from './sheet.ts';
import { sorted } from './sheet.ts';

/** A made-up doctor whose name fits his age. */
export function personOf({ names, dice }: Load, number: number, life: Life): Person {
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

/** Periods, phases and affiliations as the ledger gives them. */
export function writeStanding(sheet: Sheet): void {
  const { writer, facilityId } = sheet.load;
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
      facilityId(affiliation.leaf, affiliation.facility),
      affiliation.leaf.id,
      '24',
      '14',
      index === 0,
      scopes[index] ?? [],
      sheet.pending[index] ?? [],
    ]);
  }
}

/** The person himself, when everything that shows who sees him is written. */
export function writePerson(number: number, sheet: Sheet): void {
  const { person, life } = sheet;
  const { writer, dice, today } = sheet.load;
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
  const verified = sheet.events.size === 0 ? null : instantText(Math.max(1, today - 400), number);
  writer.add('person_licence', [number, person.id, person.licence, dayText(life.licensed), verified, visible]);
}
