import type { Day } from '#kernel/day.ts';
import { addDays, dayFrom, partsOfDay } from '#kernel/day.ts';
import type { Era, Names, Sex } from './names.ts';
import type { District } from './places.ts';
import { placeIn, telOf } from './places.ts';
import type { Dice } from './random.ts';

/** Made-up doctors, in the fields of the registration. */

export type Profile = Record<string, string | string[] | boolean | null> & {
  surname: string;
  givenName: string;
  licenceNumber: string;
  birthOn: string;
  licensedOn: string;
};

export type Wanted = { number: number; district: District; today: Day; age: number; dice: Dice; mail: boolean };

const departments = [
  '01',
  '01',
  '01',
  '01',
  '03',
  '04',
  '06',
  '09',
  '13',
  '13',
  '14',
  '16',
  '22',
  '24',
  '25',
  '25',
  '28',
  '28',
  '29',
  '31',
  '34',
  '36',
];
const schools = ['N01', 'N10', 'N20', 'N30', 'N36', 'P01', 'P04', 'P07', 'S01', 'S05', 'S10', 'S15', 'S20', 'S25', 'S31'];

function dayIn(year: number, dice: Dice): Day {
  return addDays(dayFrom(year, 1, 1) ?? failYear(year), dice.from(0, 364));
}

function failYear(year: number): never {
  throw new RangeError(`no such year: ${year}`);
}

function eraOf(birthYear: number): Era {
  return birthYear < 1957 ? 'older' : birthYear < 1986 ? 'middle' : 'young';
}

/** One doctor of about this age, living near his association; the licence number follows from `number`. */
export function makeProfile(names: Names, wanted: Wanted): Profile {
  const { dice, district } = wanted;
  const birthYear = partsOfDay(wanted.today).year - wanted.age;
  const sex: Sex = dice.chance(eraOf(birthYear) === 'young' ? 0.42 : 0.22) ? 'female' : 'male';
  const surname = names.surname(dice);
  const given = names.given(dice, { sex, era: eraOf(birthYear) });
  const former = sex === 'female' && dice.chance(0.3) ? names.surname(dice) : undefined;
  const graduated = birthYear + 25 + (dice.chance(0.2) ? Math.min(dice.from(1, 4), wanted.age - 28) : 0);
  const place = placeIn(district, dice);
  return {
    licenceNumber: String(300_000 + wanted.number),
    licensedOn: `${graduated}-0${dice.from(4, 5)}-${dice.from(10, 28)}`,
    surname: surname.kanji,
    givenName: given.kanji,
    surnameKana: surname.kana,
    givenNameKana: given.kana,
    formerSurname: former?.kanji ?? '',
    formerSurnameKana: former?.kana ?? '',
    useFormerName: former !== undefined && dice.chance(0.4),
    postalCode: place.postal,
    prefectureCode: place.prefectureCode,
    addressLine: place.address.replace(district.prefectureName, ''),
    building: dice.chance(0.3)
      ? `${dice.pick(['グランド', 'パーク', 'リバー', 'サニー'])}${dice.pick(['ハイツ', 'コート', 'テラス'])}${dice.from(1, 15)}0${dice.from(1, 9)}`
      : '',
    tel: telOf(place.prefectureCode, wanted.number),
    mail: wanted.mail ? `doctor${wanted.number}@demo.example.jp` : '',
    birthOn: dayIn(birthYear, dice),
    sex: dice.chance(0.01) ? 'undisclosed' : sex,
    mainDepartment: dice.pick(departments),
    departments: dice.chance(0.4) ? [dice.pick(departments)] : [],
    ...(dice.chance(0.97) ? { schoolCode: dice.pick(schools), schoolText: '' } : { schoolCode: '', schoolText: '海外の医科大学' }),
    graduatedOn: `${graduated}-03`,
    trainingEndsOn: `${graduated + 2}-03`,
    accountId: null,
  };
}
