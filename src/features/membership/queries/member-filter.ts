import { z } from 'zod';
import { choiceInput, dayInput, foldedNumberInput, idInput, listInput, textInput } from '#kernel/input.ts';
import { parseLicenceInput } from '#kernel/licence.ts';
import { messages } from '#kernel/messages.ts';
import { pageSizeOf } from '#kernel/paging.ts';
import { readFields } from '#platform/http/form.ts';
import { memberColumnCodes, memberMarks } from '../fields.ts';
import { knownAtInput } from './member-instant.ts';

/** Conditions of 会員情報管理 as they stand in the address (`screens.md O-07`). */

export const memberStatuses = ['current', 'left', 'joining', 'leaving', 'all'] as const;

export const memberSorts = ['name', 'licence', 'facility', 'joined', 'left'] as const;
export type MemberSort = (typeof memberSorts)[number];

const licenceFilter = z
  .string()
  .default('')
  .transform((text, step) => {
    if (text.trim() === '') return '';
    const number = parseLicenceInput(text);
    if (number === undefined) step.issues.push({ code: 'custom', input: text, message: messages.digits('医籍登録番号') });
    return number ?? '';
  });

const orderInput = z
  .string()
  .default('')
  .transform((text): { key: MemberSort; direction: 'asc' | 'desc' } => {
    const key = memberSorts.find((one) => one === text.replace(/^-/, ''));
    return key === undefined ? { key: 'name', direction: 'asc' } : { key, direction: text.startsWith('-') ? 'desc' : 'asc' };
  });

const cursor = z
  .union([z.literal(''), idInput])
  .catch('')
  .default('');

/** A thing chosen by its number; what is no number narrows nothing. */
const numberChoice = z
  .union([z.literal('').transform(() => undefined), z.coerce.number().int().positive().max(2_147_483_647)])
  .catch(undefined)
  .optional();

const jmaId = 0;
const mostAge = 150;
const lastYear = 2999;

const ranges = [
  ['joinedFrom', 'joinedTo'],
  ['leftFrom', 'leftTo'],
] as const;

export const memberListInput = z
  .object({
    /** Beginning of 姓, 名, セイ or メイ; folded when searched. */
    name: textInput('氏名/フリガナ', { max: 80 }),
    licence: licenceFilter,
    /** 基準日; today when empty. */
    on: dayInput('基準日', { required: false }),
    /** 記録の時点; everything recorded so far when empty. */
    knownAt: knownAtInput('記録の時点'),
    status: z.enum(memberStatuses).catch('current').default('current'),
    /** Own 会員区分 by its id. */
    category: numberChoice,
    /** 会員区分 at 日本医師会 by its id. */
    jmaCategory: numberChoice,
    /** 日医加入 */
    jma: z.enum(['', 'yes', 'no']).catch('').default(''),
    /** A lower association to which they belong as well. */
    below: numberChoice,
    /** Beginning of the workplace's name. */
    facility: textInput('所属施設', { max: 60 }),
    /** Exactly this workplace (`screens.md O-14`). */
    facilityId: cursor,
    ownerType: choiceInput('開設主体'),
    work: choiceInput('施設・業務'),
    position: choiceInput('役職'),
    designation: choiceInput('指定医'),
    department: choiceInput('主たる科名'),
    sex: z.enum(['', 'male', 'female', 'undisclosed']).catch('').default(''),
    ageFrom: foldedNumberInput('年齢(から)', { max: mostAge }),
    ageTo: foldedNumberInput('年齢(まで)', { max: mostAge }),
    school: choiceInput('出身校'),
    /** 卒業年, as years of our era. */
    graduatedFrom: foldedNumberInput('卒業年(から)', { max: lastYear }),
    graduatedTo: foldedNumberInput('卒業年(まで)', { max: lastYear }),
    joinedFrom: dayInput('入会日(から)', { required: false }),
    joinedTo: dayInput('入会日(まで)', { required: false }),
    leftFrom: dayInput('退会日(から)', { required: false }),
    leftTo: dayInput('退会日(まで)', { required: false }),
    leftReason: choiceInput('退会事由'),
    /** Only those chosen in the list, by the id of the choice. */
    selection: cursor,
    /** 状態: all of them hold. */
    mark: listInput(z.enum(memberMarks), memberMarks.length),
    /** 列を選ぶ; none is the usual ones. */
    column: listInput(z.enum(memberColumnCodes), memberColumnCodes.length).catch([]),
    sort: orderInput,
    size: z
      .string()
      .default('')
      .transform((text) => pageSizeOf(text)),
    after: cursor,
    before: cursor,
  })
  .superRefine((filter, step) => {
    for (const [from, to] of ranges) {
      const [first, last] = [filter[from], filter[to]];
      if (first !== undefined && last !== undefined && first > last)
        step.addIssue({ code: 'custom', path: [to], message: messages.order() });
    }
  });

export type MemberFilter = z.infer<typeof memberListInput>;

/** Conditions in the form of an address; undefined where they make no sense. */
export function readMemberConditions(conditions: string): MemberFilter | undefined {
  const form = new FormData();
  for (const [name, value] of new URLSearchParams(conditions)) form.append(name, value);
  return memberListInput.safeParse(readFields(form).input).data;
}

/** 記録の時点 together with what other associations know: of them only what is recorded now is seen (`rules.md 5.6`). */
export function asksOthersThen(filter: MemberFilter, associationId: number): boolean {
  if (filter.knownAt === undefined) return false;
  return filter.below !== undefined || (associationId !== jmaId && (filter.jma !== '' || filter.jmaCategory !== undefined));
}

/** Where the list stands and how it looks; everything else narrows it. */
const placing = new Set(['status', 'on', 'knownAt', 'column', 'sort', 'size', 'after', 'before']);

/** Names of the conditions that narrow the list beyond status and day. */
export function narrowing(filter: MemberFilter): string[] {
  return Object.entries(filter)
    .filter(([name, value]) => !placing.has(name) && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0))
    .map(([name]) => name);
}
