import { z } from 'zod';
import { categoriesOf, childrenOf, codeLists } from '#features/association/queries/directory.ts';
import { savedViews } from '#features/staff/queries/saved-views.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { memberWords } from '../sheet-fields.ts';
import { readMemberConditions } from './member-filter.ts';
import { actingOffice, memberOffice } from './members.ts';

type Option = { value: string; label: string };

const jmaId = 0;
const boxes = ['ownerType', 'work', 'position', 'designation', 'department', 'school', 'reason.withdrawal'] as const;

export type MemberChoices = {
  codes: Readonly<Record<(typeof boxes)[number], Option[]>>;
  categories: Option[];
  /** Empty where the own categories are those of 日本医師会. */
  jmaCategories: Option[];
  below: Option[];
};

async function choicesOf(tx: ReadTransaction, ctx: Context): Promise<MemberChoices> {
  const { associationId } = actingOffice(ctx);
  const codes = await codeLists(tx, boxes, ctx.today);
  const options = (list: (typeof boxes)[number]) => codes(list).map((row) => ({ value: row.code, label: row.label }));
  const categories = async (id: number) =>
    (await categoriesOf(tx, [id], ctx.today)).map((row) => ({ value: String(row.id), label: row.name }));
  return {
    codes: {
      ownerType: options('ownerType'),
      work: options('work'),
      position: options('position'),
      designation: options('designation'),
      department: options('department'),
      school: options('school'),
      'reason.withdrawal': options('reason.withdrawal'),
    },
    categories: await categories(associationId),
    jmaCategories: associationId === jmaId ? [] : await categories(jmaId),
    below: (await childrenOf(tx, associationId, ctx.today)).map((row) => ({ value: String(row.id), label: row.name })),
  };
}

/** What the boxes of 会員情報管理 offer, and the acting person's own 保存した条件. No personal data. */
export const memberChoices = query({
  name: 'member.choices',
  input: z.object({}),
  allow: memberOffice,
  read: async (tx, _input, ctx) => ({
    ...(await choicesOf(tx, ctx)),
    views: await savedViews(tx, actingOffice(ctx), 'members'),
  }),
  audit: 'nothing',
});

/** Words for codes, as the boxes show them. */
export async function wordsFor(tx: ReadTransaction, ctx: Context): Promise<(list: string, code: string) => string> {
  const choices = await choicesOf(tx, ctx);

  const lists = new Map<string, readonly Option[]>([
    ...Object.entries(choices.codes),
    ['category', [...choices.categories, ...choices.jmaCategories]],
    ['association', choices.below],
  ]);
  return (list, code) => lists.get(list)?.find(({ value }) => value === code)?.label ?? code;
}

/** 保存した条件 of 会員情報管理, and the conditions about to be kept, in words (`screens.md 1.3`). */
export const memberViews = query({
  name: 'member.views',
  input: z.object({ conditions: z.string().max(2_000).default('') }),
  allow: memberOffice,
  read: async (tx, { conditions }, ctx) => {
    const word = await wordsFor(tx, ctx);
    const inWords = (text: string) => {
      const filter = readMemberConditions(text);
      return filter === undefined ? undefined : memberWords(filter, word);
    };
    const views = await savedViews(tx, actingOffice(ctx), 'members');
    return {
      views: views.map((view) => ({ ...view, words: inWords(view.conditions) ?? [] })),
      asked: conditions === '' ? undefined : inWords(conditions),
    };
  },
  audit: 'nothing',
});
