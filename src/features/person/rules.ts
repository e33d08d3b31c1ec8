import { addDays, type Day } from '#kernel/day.ts';
import { messages } from '#kernel/messages.ts';
import type { FieldErrors } from '#kernel/refusal.ts';
import { yearMonthOf } from '#kernel/year-month.ts';
import { texts } from './messages.ts';
import type { Profile } from './schema.ts';

/** What one field of the profile says about another (`screens.md A-07`); messages by field. */

type Found = [field: string, message: string];

/** Fields that say something about another. */
type JudgedField =
  | 'birthOn'
  | 'licensedOn'
  | 'graduatedOn'
  | 'degreeOn'
  | 'formerSurname'
  | 'formerGivenName'
  | 'formerSurnameKana'
  | 'formerGivenNameKana'
  | 'useFormerName'
  | 'schoolCode'
  | 'schoolText';

/** A profile as far as it could be read: what is undefined is wrong by itself, and says nothing about the others. */
export type ReadProfile = { [Field in JudgedField]: Profile[Field] | undefined };

/** A day of the year twenty years after a birth lies at most so many days ahead. */
const youngestDoctorDays = 20 * 365 + 5;

function days({ birthOn, licensedOn, ...profile }: ReadProfile, today: Day): Found[] {
  const found: Found[] = [];
  if (birthOn !== undefined && birthOn > today) found.push(['birthOn', messages.past('生年月日')]);
  if (licensedOn !== undefined && licensedOn > today) found.push(['licensedOn', messages.past('医籍登録日')]);
  else if (birthOn !== undefined && licensedOn !== undefined && addDays(birthOn, youngestDoctorDays) > licensedOn)
    found.push(['birthOn', texts.checkBirthAndLicence]);
  const month = yearMonthOf(today);
  if (profile.graduatedOn !== undefined && profile.graduatedOn > month) found.push(['graduatedOn', messages.past('卒業年月')]);
  if (profile.degreeOn !== undefined && profile.degreeOn > month) found.push(['degreeOn', messages.past('学位取得年月(博士号)')]);
  return found;
}

/** Kanji and kana of a former name come together; the box needs a former surname. */
function formerNames(profile: ReadProfile): Found[] {
  const found: Found[] = [];
  const { formerSurname, formerGivenName, formerSurnameKana, formerGivenNameKana, useFormerName } = profile;
  const filled = (text: string | undefined) => text !== undefined && text !== '';
  if (filled(formerSurname) && formerSurnameKana === '') found.push(['formerSurnameKana', texts.formerSurnameKana]);
  if (filled(formerGivenName) && formerGivenNameKana === '') found.push(['formerGivenNameKana', texts.formerGivenNameKana]);
  if (formerSurname === '' && (filled(formerSurnameKana) || useFormerName === true)) found.push(['formerSurname', texts.formerSurname]);
  if (formerGivenName === '' && filled(formerGivenNameKana)) found.push(['formerGivenName', texts.formerGivenName]);
  return found;
}

/** Everything that no field can say by itself. */
export function flawsOfProfile(profile: ReadProfile, today: Day): Record<string, string[]> {
  const school: Found[] = profile.schoolCode === '' && profile.schoolText === '' ? [['schoolCode', messages.one()]] : [];
  return Object.fromEntries([...days(profile, today), ...formerNames(profile), ...school].map(([field, message]) => [field, [message]]));
}

/** The codes of the lists that a profile names. */
export type ProfileCodes = Readonly<Record<'prefecture' | 'mainDepartment' | 'department' | 'school', readonly string[]>>;

/** Codes that are in no list: a form of ours never sends them. */
export function unknownCodes(profile: Profile, codes: ProfileCodes): Record<string, string[]> {
  const asked: [field: string, label: string, known: boolean][] = [
    ['prefectureCode', '都道府県', codes.prefecture.includes(profile.prefectureCode)],
    ['mainDepartment', '主たる診療科名', codes.mainDepartment.includes(profile.mainDepartment)],
    ['departments', '担当する科名', profile.departments.every((code) => codes.department.includes(code))],
    ['schoolCode', '出身校', profile.schoolCode === '' || codes.school.includes(profile.schoolCode)],
  ];
  return Object.fromEntries(asked.filter(([, , known]) => !known).map(([field, label]) => [field, [messages.sel(label)]]));
}

/** Names of the fields of a profile whose values differ. */
export function changedFields(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

/** Fixed once an office has seen the licence; wrong ones are put right there (`screens.md D-03`). */
export const checkedFields = ['licenceNumber', 'licensedOn', 'birthOn'] as const;

/** 「旧姓として登録しますか?」 is asked when the 姓 is another and nothing was said about the former one. */
export function asksFormerName(before: Profile, after: Profile): boolean {
  return before.surname !== after.surname && before.formerSurname === after.formerSurname && after.formerSurname !== before.surname;
}

/** The profile with the former 姓 as 旧姓. */
export function withFormerName(before: Profile, after: Profile): Profile {
  return { ...after, formerSurname: before.surname, formerSurnameKana: before.surnameKana };
}

/** Fields from top to bottom of the form, so that the error summary reads like the page; those of the login come first. */
const formOrder = `loginId password passwordRepeat licenceNumber licensedOn surnameKana givenNameKana surname givenName formerSurnameKana
  formerGivenNameKana formerSurname formerGivenName postalCode prefectureCode addressLine building tel fax birthOn sex
  mainDepartment departments schoolCode schoolText graduatedOn degreeText degreeOn trainingEndsOn societies societyTexts`.split(/\s+/);

/** Messages in the order of the page; what belongs to one line of several stands at their field. */
export function inFormOrder(errors: FieldErrors): FieldErrors {
  const named = Object.entries(errors).map(([name, found]) => [name.split('.')[0] ?? name, found] as const);
  return Object.fromEntries(named.toSorted(([a], [b]) => formOrder.indexOf(a) - formOrder.indexOf(b)));
}

/** True for what a migrated doctor put right at his first login. */
export function isFirstChange(source: string): boolean {
  return source === 'firstLogin';
}
