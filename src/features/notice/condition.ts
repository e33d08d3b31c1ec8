import type { Day } from '#kernel/day.ts';
import { isDay } from '#kernel/day.ts';
import { choiceInput, dayInput, foldedNumberInput, listInput, textInput } from '#kernel/input.ts';
import { parseLicenceInput } from '#kernel/licence.ts';
import { messages } from '#kernel/messages.ts';
import { memberMarks } from '#features/membership/fields.ts';
import { z } from 'zod';
import { noticeTexts as texts } from './messages.ts';

/**
 * The condition of 対象「条件」 (`screens.md O-16`), as it is kept; pure. It knows every filter of 会員情報管理 (O-07) that can be judged
 * on the day of reading, with the same meaning. The database alone judges by it (`notice_fits`).
 */

const code = z.string().min(1).max(40);
const several = z.array(code).min(1).max(100);
const severalIds = z.array(z.number().int()).min(1).max(100);
const aDay = z.custom<Day>(isDay);

export const sexes = ['male', 'female', 'undisclosed'] as const;

const mostAge = 150;
const lastYear = 2999;

export const noticeCondition = z.object({
  /** 氏名/フリガナ: what one of them begins with. */
  name: z.string().min(1).max(80).optional(),
  /** 医籍登録番号. */
  licence: z.number().int().optional(),
  /** 在籍状況「退会予定」; all other readers are 在籍 by themselves. */
  leaving: z.literal(true).optional(),
  /** 会員区分 of the own association. */
  categories: severalIds.optional(),
  /** 日医会員区分. */
  jmaCategories: severalIds.optional(),
  /** 日医加入: あり or なし. */
  jma: z.boolean().optional(),
  /** 下層医師会. */
  lower: z.number().int().optional(),
  /** 所属施設: what its name begins with. */
  facility: z.string().min(1).max(60).optional(),
  /** 開設主体. */
  owners: several.optional(),
  /** 施設・業務. */
  works: several.optional(),
  /** 役職. */
  positions: several.optional(),
  /** 指定医: one of them is enough. */
  designations: several.optional(),
  /** 主たる科名. */
  departments: several.optional(),
  sex: z.enum(sexes).optional(),
  ageFrom: z.number().int().min(0).max(mostAge).optional(),
  ageTo: z.number().int().min(0).max(mostAge).optional(),
  /** 出身校. */
  schools: several.optional(),
  /** 卒業年, as years of our era. */
  graduatedFrom: z.number().int().min(0).max(lastYear).optional(),
  graduatedTo: z.number().int().min(0).max(lastYear).optional(),
  joinedFrom: aDay.optional(),
  joinedTo: aDay.optional(),
  /** 退会日, of those who are still members: a leave that is decided already. */
  leftFrom: aDay.optional(),
  leftTo: aDay.optional(),
  /** 退会事由. */
  leftReasons: several.optional(),
  /** 状態: all of them hold. */
  marks: z.array(z.enum(memberMarks)).min(1).max(memberMarks.length).optional(),
  /** Only members chosen in 会員情報管理, by the id of the choice. */
  selection: z.uuid().optional(),
});
export type NoticeCondition = z.infer<typeof noticeCondition>;

/** A condition without anything: nobody is meant by it. */
export function isEmptyCondition(condition: NoticeCondition): boolean {
  return Object.values(condition).every((value) => value === undefined);
}

const number = /^\d{1,9}$/;
const numberChoice = (label: string) =>
  choiceInput(label).transform((text) => (text === '' ? undefined : number.test(text) ? Number(text) : -1));
const codes = listInput(z.string().max(40), 100).transform((list) => {
  const filled = [...new Set(list.filter((one) => one !== ''))];
  return filled.length === 0 ? undefined : filled;
});
const ids = listInput(z.string().regex(number), 100).transform((list) => (list.length === 0 ? undefined : [...new Set(list.map(Number))]));
const filledText = (label: string, max: number) => textInput(label, { max }).transform((text) => (text === '' ? undefined : text));
const optionalDay = (label: string) => dayInput(label, { required: false });
const ticked = z
  .string()
  .optional()
  .transform((text) => (text === undefined || text === '' ? undefined : (true as const)));
const licenceNumber = z
  .string()
  .default('')
  .transform((text, step) => {
    if (text.trim() === '') return undefined;
    const found = parseLicenceInput(text);
    if (found === undefined) step.issues.push({ code: 'custom', input: text, message: messages.digits(texts.licence) });
    return found === undefined ? undefined : Number(found);
  });

/** The boxes of the form; what is left empty asks for nothing. */
export const conditionFields = {
  name: filledText(texts.name, 80),
  licence: licenceNumber,
  leaving: ticked,
  categories: ids,
  jmaCategories: ids,
  jma: z.enum(['', 'yes', 'no']).default(''),
  lower: numberChoice(texts.lower),
  facility: filledText(texts.facility, 60),
  owners: codes,
  works: codes,
  positions: codes,
  designations: codes,
  departments: codes,
  sex: z
    .enum(['', ...sexes])
    .default('')
    .transform((text) => (text === '' ? undefined : text)),
  ageFrom: foldedNumberInput(texts.ageFrom, { max: mostAge }),
  ageTo: foldedNumberInput(texts.ageTo, { max: mostAge }),
  schools: codes,
  graduatedFrom: foldedNumberInput(texts.graduatedFrom, { max: lastYear }),
  graduatedTo: foldedNumberInput(texts.graduatedTo, { max: lastYear }),
  joinedFrom: optionalDay(texts.joinedFrom),
  joinedTo: optionalDay(texts.joinedTo),
  leftFrom: optionalDay(texts.leftFrom),
  leftTo: optionalDay(texts.leftTo),
  leftReasons: codes,
  marks: listInput(z.enum(memberMarks), memberMarks.length).transform((list) => (list.length === 0 ? undefined : [...new Set(list)])),
  selection: z.union([z.literal('').transform(() => undefined), z.uuid()]).optional(),
};

/** Names of the boxes, in the order of 会員情報管理. */
export const conditionNames: readonly string[] = Object.keys(conditionFields);

const fieldsShape = z.object(conditionFields);

/** The condition that the boxes of a form mean. */
export function conditionOf({ jma, ...rest }: z.infer<typeof fieldsShape>): NoticeCondition {
  const given = { ...rest, jma: jma === '' ? undefined : jma === 'yes' };
  return noticeCondition.parse(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
}

const isAfter = <T extends string | number>(from: T | undefined, to: T | undefined) => from !== undefined && to !== undefined && from > to;

/** What is wrong with a condition, at its field. */
export function conditionFault(condition: NoticeCondition): { field: string; message: string } | undefined {
  if (isEmptyCondition(condition)) return { field: 'target', message: texts.noCondition };
  const { ageFrom, ageTo, graduatedFrom, graduatedTo, joinedFrom, joinedTo, leftFrom, leftTo } = condition;
  if (isAfter(ageFrom, ageTo)) return { field: 'ageFrom', message: texts.ageOrder };
  if (isAfter(graduatedFrom, graduatedTo)) return { field: 'graduatedFrom', message: texts.graduatedOrder };
  if (isAfter(joinedFrom, joinedTo)) return { field: 'joinedTo', message: messages.order() };
  return isAfter(leftFrom, leftTo) ? { field: 'leftTo', message: messages.order() } : undefined;
}

function typed(value: NoticeCondition[keyof NoticeCondition]): string | string[] | undefined {
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === 'boolean') return value ? '1' : undefined;
  return isDay(value) ? value.replaceAll('-', '/') : value === undefined ? undefined : String(value);
}

/** A condition as the boxes of its form. */
export function conditionValues({ jma, name, ...rest }: NoticeCondition): Record<string, string | string[]> {
  const given = { ...rest, jma: jma === undefined ? undefined : jma ? 'yes' : 'no' };
  const boxes = Object.entries(given).map(([box, value]) => [box, typed(value)] as const);
  return Object.fromEntries([...boxes, ['name', name] as const].flatMap(([box, value]) => (value === undefined ? [] : [[box, value]])));
}
