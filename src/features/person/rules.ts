import { addDays, type Day } from '#kernel/day.ts';
import { messages } from '#kernel/messages.ts';
import { yearMonthOf } from '#kernel/year-month.ts';
import { texts } from './messages.ts';
import type { Profile } from './schema.ts';

/** What one field of the profile says about another (`screens.md A-07`); messages by field. */

type Found = [field: string, message: string];

/** A day of the year twenty years after a birth lies at most so many days ahead. */
const youngestDoctorDays = 20 * 365 + 5;

function days(profile: Profile, today: Day): Found[] {
  const found: Found[] = [];
  if (profile.birthOn > today) found.push(['birthOn', messages.past('生年月日')]);
  if (profile.licensedOn > today) found.push(['licensedOn', messages.past('医籍登録日')]);
  else if (addDays(profile.birthOn, youngestDoctorDays) > profile.licensedOn) found.push(['birthOn', texts.checkBirthAndLicence]);
  const month = yearMonthOf(today);
  if (profile.graduatedOn !== undefined && profile.graduatedOn > month) found.push(['graduatedOn', messages.past('卒業年月')]);
  if (profile.degreeOn !== undefined && profile.degreeOn > month) found.push(['degreeOn', messages.past('学位取得年月')]);
  return found;
}

/** Kanji and kana of a former name come together; the box needs a former surname. */
function formerNames(profile: Profile): Found[] {
  const found: Found[] = [];
  const { formerSurname, formerGivenName, formerSurnameKana, formerGivenNameKana } = profile;
  if (formerSurname !== '' && formerSurnameKana === '') found.push(['formerSurnameKana', texts.formerSurnameKana]);
  if (formerGivenName !== '' && formerGivenNameKana === '') found.push(['formerGivenNameKana', texts.formerGivenNameKana]);
  if (formerSurname === '' && (formerSurnameKana !== '' || profile.useFormerName)) found.push(['formerSurname', texts.formerSurname]);
  if (formerGivenName === '' && formerGivenNameKana !== '') found.push(['formerGivenName', texts.formerGivenName]);
  return found;
}

/** Everything that no field can say by itself. */
export function flawsOfProfile(profile: Profile, today: Day): Record<string, string[]> {
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
