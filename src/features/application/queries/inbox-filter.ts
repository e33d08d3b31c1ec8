import { z } from 'zod';
import type { Day } from '#kernel/day.ts';
import { foldNumber } from '#kernel/fold-input.ts';
import { idInput, dayInput, listInput, textInput, tickInput } from '#kernel/input.ts';
import { parseLicenceInput } from '#kernel/licence.ts';
import { messages } from '#kernel/messages.ts';
import { pageSizeOf } from '#kernel/paging.ts';

/** Conditions of 申請管理 as they stand in the address (`screens.md O-03`). */

export const inboxTabs = ['todo', 'elsewhere', 'returned', 'ahead', 'done', 'all'] as const;
export type InboxTab = (typeof inboxTabs)[number];

export const inboxSorts = ['arrived', 'submitted', 'wished', 'kind', 'licence', 'name'] as const;
export type InboxSort = (typeof inboxSorts)[number];

/** 受付待ち, 受付 and 確認待ち speak of our own step, the others of the whole case. */
export const inboxStates = [
  'arrived',
  'received',
  'acknowledge',
  'submitted',
  'returned',
  'completed',
  'rejected',
  'retracted',
  'cancelled',
] as const;

const ownStates = ['arrived', 'received'] as const;

/** What a chosen 状況 speaks of: our own step, our 確認, or the whole case. */
export function stateGroups(states: InboxFilter['state']) {
  const own = ownStates.filter((state) => states.includes(state));
  const pending = states.includes('acknowledge');
  const cases = states.filter((state) => state !== 'acknowledge' && !ownStates.some((one) => one === state));
  return { own, pending, cases };
}

const kinds = ['join', 'transfer', 'change', 'withdrawal'] as const;

const licenceFilter = z
  .string()
  .default('')
  .transform((text, step) => {
    if (text.trim() === '') return '';
    const number = parseLicenceInput(text);
    if (number === undefined) step.issues.push({ code: 'custom', input: text, message: messages.digits('医籍登録番号') });
    return number ?? '';
  });

const numberFilter = textInput('受付番号', { max: 20 }).transform((text) => foldNumber(text));

const cursor = z
  .union([z.literal(''), idInput])
  .catch('')
  .default('');

const orderInput = z
  .string()
  .default('')
  .transform((text): { key: InboxSort; direction: 'asc' | 'desc' } | undefined => {
    const key = inboxSorts.find((one) => one === text.replace(/^-/, ''));
    return key === undefined ? undefined : { key, direction: text.startsWith('-') ? 'desc' : 'asc' };
  });

function inOrder(from: Day | undefined, to: Day | undefined): boolean {
  return from === undefined || to === undefined || from <= to;
}

export const inboxInput = z
  .object({
    tab: z.enum(inboxTabs).catch('todo').default('todo'),
    number: numberFilter,
    /** Cases of one doctor: 申請 of 会員情報詳細 (`screens.md O-08`). */
    person: cursor,
    licence: licenceFilter,
    /** Beginning of 姓, 名, セイ or メイ; folded when searched. */
    name: textInput('氏名/フリガナ', { max: 80 }),
    kind: listInput(z.enum(kinds), 4),
    state: listInput(z.enum(inboxStates), 9),
    /** 代理のみ: entered by an office for the doctor. */
    proxy: tickInput,
    attention: tickInput,
    late: tickInput,
    /** 差戻しへの再申請: sent back once, now here again. */
    resubmitted: tickInput,
    from: dayInput('申請日(から)', { required: false }),
    to: dayInput('申請日(まで)', { required: false }),
    wishedFrom: dayInput('希望日(から)', { required: false }),
    wishedTo: dayInput('希望日(まで)', { required: false }),
    /** 対象医師会: an association below us that takes part in the case. */
    association: z.union([z.literal('').transform(() => undefined), z.coerce.number().int().min(1).max(99_999)]).optional(),
    /** Part of the name of a facility: where the applicant works or is going to. */
    facility: textInput('所属施設', { max: 60 }),
    /** One of our own categories, as decided, applied for or held. */
    memberCategory: z.union([z.literal('').transform(() => undefined), z.coerce.number().int().min(1).max(2_147_483_647)]).optional(),
    /** 担当者 of our office: 自分, 未定, or everybody. */
    assignee: z.enum(['', 'me', 'nobody']).catch('').default(''),
    sort: orderInput,
    size: z
      .string()
      .default('')
      .transform((text) => pageSizeOf(text)),
    after: cursor,
    before: cursor,
  })
  .superRefine((filter, step) => {
    if (!inOrder(filter.from, filter.to)) step.addIssue({ code: 'custom', path: ['from'], message: messages.order() });
    if (!inOrder(filter.wishedFrom, filter.wishedTo)) step.addIssue({ code: 'custom', path: ['wishedFrom'], message: messages.order() });
  });

export type InboxFilter = z.infer<typeof inboxInput>;

/** 要対応 begins with the oldest, everything else with the newest; `arrived` orders only what lies with us. */
export function orderOf(filter: Pick<InboxFilter, 'tab' | 'sort'>): { key: InboxSort; direction: 'asc' | 'desc' } {
  const asked = filter.sort;
  if (asked !== undefined && (asked.key !== 'arrived' || filter.tab === 'todo')) return asked;
  return filter.tab === 'todo' ? { key: 'arrived', direction: 'asc' } : { key: 'submitted', direction: 'desc' };
}
