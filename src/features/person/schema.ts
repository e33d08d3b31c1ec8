import { z } from 'zod';
import {
  choiceInput,
  kanaInput,
  listInput,
  mailInput,
  postInput,
  requiredDayInput,
  telInput,
  textInput,
  tickInput,
  yearMonthInput,
} from '#kernel/input.ts';
import { licenceFlaw, parseLicenceInput } from '#kernel/licence.ts';
import { messages } from '#kernel/messages.ts';

/** The profile field set (`screens.md A-07`), as registration, imports and the demo hand it in. */

const licenceInput = z
  .string()
  .default('')
  .transform((text, step) => {
    const number = parseLicenceInput(text);
    if (number === undefined) {
      step.issues.push({ code: 'custom', input: text, message: licenceFlaw('医籍登録番号', text) });
      return z.NEVER;
    }
    return number;
  });

const sexes: readonly string[] = ['male', 'female', 'undisclosed'];

/** Several lines, one name each; the first line that is too long or holds a strange glyph is named. */
const linesInput = (label: string, max: number) =>
  z
    .string()
    .default('')
    .transform((text, step): string[] => {
      const line = textInput(label, { max });
      const read = text.split(/\r?\n/, 100).map((one) => line.safeParse(one));
      const flaw = read.find((one) => !one.success)?.error?.issues[0];
      if (flaw !== undefined) step.issues.push({ code: 'custom', message: flaw.message, input: text });
      return read.flatMap((one) => (one.success && one.data !== '' ? [one.data] : []));
    });

export const profileInput = z.object({
  licenceNumber: licenceInput,
  licensedOn: requiredDayInput('医籍登録日'),
  surnameKana: kanaInput('セイ(フリガナ)', { required: true, max: 40 }),
  givenNameKana: kanaInput('メイ(フリガナ)', { required: true, max: 40 }),
  surname: textInput('姓', { required: true, max: 40 }),
  givenName: textInput('名', { required: true, max: 40 }),
  formerSurname: textInput('旧姓', { max: 40 }),
  formerGivenName: textInput('旧名', { max: 40 }),
  formerSurnameKana: kanaInput('旧姓(フリガナ)', { max: 40 }),
  formerGivenNameKana: kanaInput('旧名(フリガナ)', { max: 40 }),
  useFormerName: tickInput,
  postalCode: postInput('郵便番号'),
  prefectureCode: choiceInput('都道府県', { required: true }),
  addressLine: textInput('市区町村・番地', { required: true, max: 60 }),
  building: textInput('建物名・部屋番号', { max: 60 }),
  tel: telInput('TEL', { required: true }),
  fax: telInput('FAX'),
  mail: mailInput('メールアドレス'),
  birthOn: requiredDayInput('生年月日'),
  sex: choiceInput('性別', { required: true }).refine((text) => text === '' || sexes.includes(text), { message: messages.sel('性別') }),
  mainDepartment: choiceInput('主たる診療科名', { required: true, message: '主たる診療科名をいずれか1つ選択してください' }),
  departments: listInput(choiceInput('担当する科名'), 50),
  schoolCode: choiceInput('出身校'),
  schoolText: textInput('大学名', { max: 20 }),
  graduatedOn: yearMonthInput('卒業年月', { required: true }),
  degreeText: textInput('学位(大学・大学院名)', { max: 30 }),
  degreeOn: yearMonthInput('学位取得年月(博士号)', { required: false }),
  societies: listInput(textInput('所属学会', { max: 60 }), 50),
  societyTexts: linesInput('所属学会', 20),
  trainingEndsOn: yearMonthInput('臨床研修修了(予定)年月', { required: false }),
});

export type Profile = z.infer<typeof profileInput>;

/** What is typed into a form of the profile, by field; passwords never. */
export const profileDraftInput = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
export type ProfileDraft = z.infer<typeof profileDraftInput>;

/** One text of a draft. */
export function textIn(draft: ProfileDraft, name: string): string {
  const value = draft[name];
  return value === undefined ? '' : typeof value === 'string' ? value : (value[0] ?? '');
}

/** All texts of a field that may hold several. */
export function textsIn(draft: ProfileDraft, name: string): readonly string[] {
  const value = draft[name];
  if (value === undefined || value === '') return [];
  return typeof value === 'string' ? [value] : value;
}

/** 登録する of D-03 and O-09: the whole profile, the version that was seen, and whether a former 姓 is kept as 旧姓. */
export const profileChangeInput = profileInput.extend({
  version: z.coerce.number().int().min(0).max(1_000_000_000).catch(0),
  keepFormer: z.enum(['yes', 'no']).optional().catch(undefined),
});
export type ProfileChangeInput = z.infer<typeof profileChangeInput>;

/** One line of a change, in the words that were shown: for 会員関連通知 and for the one who comes too late. */
export const shownChanges = z.array(
  z.object({ block: z.string(), key: z.string(), label: z.string(), before: z.string(), after: z.string() }),
);
export type ShownChange = z.infer<typeof shownChanges>[number];
