import { choiceInput, foldedNumberInput, listInput, textInput } from '#kernel/input.ts';
import { z } from 'zod';
import { noticeTexts as texts } from './messages.ts';

/** The condition of 対象「条件」 (`screens.md O-16`), as it is kept; pure. The database alone judges by it (`notice_fits`). */

const code = z.string().min(1).max(40);

export const sexes = ['male', 'female', 'undisclosed'] as const;

export const noticeCondition = z.object({
  /** 会員区分 of the own association. */
  categories: z.array(z.number().int()).min(1).max(100).optional(),
  /** 日医加入: あり or なし. */
  jma: z.boolean().optional(),
  /** 下層医師会. */
  lower: z.number().int().optional(),
  /** 施設・業務. */
  works: z.array(code).min(1).max(100).optional(),
  /** 所属施設: what its name begins with, as in 会員情報管理. */
  facility: z.string().min(1).max(60).optional(),
  /** 役職. */
  positions: z.array(code).min(1).max(100).optional(),
  /** 指定医: one of them is enough. */
  designations: z.array(code).min(1).max(100).optional(),
  sex: z.enum(sexes).optional(),
  /** 開設主体. */
  owners: z.array(code).min(1).max(100).optional(),
  /** 主たる科名. */
  departments: z.array(code).min(1).max(100).optional(),
  ageFrom: z.number().int().min(0).max(150).optional(),
  ageTo: z.number().int().min(0).max(150).optional(),
  /** 臨床研修中. */
  training: z.literal(true).optional(),
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

/** The boxes of the form; what is left empty asks for nothing. */
export const conditionFields = {
  categories: ids,
  jma: z.enum(['', 'yes', 'no']).default(''),
  lower: numberChoice(texts.lower),
  works: codes,
  facility: textInput(texts.facility, { max: 60 }).transform((text) => (text === '' ? undefined : text)),
  positions: codes,
  designations: codes,
  sex: z
    .enum(['', ...sexes])
    .default('')
    .transform((text) => (text === '' ? undefined : text)),
  owners: codes,
  departments: codes,
  ageFrom: foldedNumberInput(texts.ageFrom, { max: 150 }),
  ageTo: foldedNumberInput(texts.ageTo, { max: 150 }),
  training: z
    .string()
    .optional()
    .transform((text) => (text === undefined || text === '' ? undefined : (true as const))),
  selection: z.union([z.literal('').transform(() => undefined), z.uuid()]).optional(),
};

const fieldsShape = z.object(conditionFields);

/** The condition that the boxes of a form mean. */
export function conditionOf({ jma, ...rest }: z.infer<typeof fieldsShape>): NoticeCondition {
  const given = { ...rest, jma: jma === '' ? undefined : jma === 'yes' };
  return noticeCondition.parse(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
}

/** What is wrong with a condition, at its field. */
export function conditionFault(condition: NoticeCondition): { field: string; message: string } | undefined {
  if (isEmptyCondition(condition)) return { field: 'target', message: texts.noCondition };
  const { ageFrom, ageTo } = condition;
  return ageFrom !== undefined && ageTo !== undefined && ageFrom > ageTo ? { field: 'ageFrom', message: texts.ageOrder } : undefined;
}

/** A condition as the boxes of its form. */
export function conditionValues(condition: NoticeCondition): Record<string, string | string[]> {
  const { categories, jma, lower, ageFrom, ageTo, training, ...asTyped } = condition;
  const given: Record<string, string | string[] | undefined> = {
    categories: categories?.map(String),
    jma: jma === undefined ? undefined : jma ? 'yes' : 'no',
    lower: lower === undefined ? undefined : String(lower),
    ...asTyped,
    ageFrom: ageFrom === undefined ? undefined : String(ageFrom),
    ageTo: ageTo === undefined ? undefined : String(ageTo),
    training: training === true ? '1' : undefined,
  };
  return Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
