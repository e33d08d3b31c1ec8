import { z } from 'zod';
import { categoriesOf } from '#features/association/queries/directory.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { readFields } from '#platform/http/form.ts';
import { query } from '#platform/command/query.ts';
import { savedViews } from '#features/staff/queries/saved-views.ts';
import { conditionWords } from '../sheet-fields.ts';
import { officeOf, officeOnly } from './inbox.ts';
import { inboxInput } from './inbox-filter.ts';

type CategoryWord = (category: string) => string;

/** Names of the acting office's 会員区分, by the number that stands in a condition. */
export async function categoryWords(tx: ReadTransaction, ctx: Context): Promise<CategoryWord> {
  const own = await categoriesOf(tx, [officeOf(ctx).associationId], ctx.today);
  return (category) => own.find(({ id }) => String(id) === category)?.name ?? category;
}

/** Conditions of 申請管理 in the form of an address, without the place within the list; undefined where they make no sense. */
function wordsOfConditions(conditions: string, named: CategoryWord): string[] | undefined {
  const form = new FormData();
  for (const [name, value] of new URLSearchParams(conditions)) form.append(name, value);
  const filter = inboxInput.safeParse(readFields(form).input);
  return filter.success ? conditionWords(filter.data, named) : undefined;
}

/** 保存した条件 of the acting person, and the conditions that are about to be saved, in words (`screens.md 1.3`). */
export const inboxViews = query({
  name: 'application.inboxViews',
  input: z.object({ conditions: z.string().max(2_000).default('') }),
  allow: officeOnly,
  read: async (tx, { conditions }, ctx) => {
    const named = await categoryWords(tx, ctx);
    const views = await savedViews(tx, officeOf(ctx), 'applications');
    return {
      views: views.map((view) => ({ ...view, words: wordsOfConditions(view.conditions, named) ?? [] })),
      asked: conditions === '' ? undefined : wordsOfConditions(conditions, named),
    };
  },
  audit: 'nothing',
});
