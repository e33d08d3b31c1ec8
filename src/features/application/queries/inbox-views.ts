import { z } from 'zod';
import { readFields } from '#platform/http/form.ts';
import { query } from '#platform/command/query.ts';
import { savedViews } from '#features/staff/queries/saved-views.ts';
import { conditionWords } from '../sheet-fields.ts';
import { officeOf, officeOnly } from './inbox.ts';
import { inboxInput } from './inbox-filter.ts';

/** Conditions of 申請管理 in the form of an address, without the place within the list; undefined where they make no sense. */
function wordsOfConditions(conditions: string): string[] | undefined {
  const form = new FormData();
  for (const [name, value] of new URLSearchParams(conditions)) form.append(name, value);
  const filter = inboxInput.safeParse(readFields(form).input);
  return filter.success ? conditionWords(filter.data) : undefined;
}

/** 保存した条件 of the acting person, and the conditions that are about to be saved, in words (`screens.md 1.3`). */
export const inboxViews = query({
  name: 'application.inboxViews',
  input: z.object({ conditions: z.string().max(2_000).default('') }),
  allow: officeOnly,
  read: async (tx, { conditions }, ctx) => {
    const views = await savedViews(tx, officeOf(ctx), 'applications');
    return {
      views: views.map((view) => ({ ...view, words: wordsOfConditions(view.conditions) ?? [] })),
      asked: conditions === '' ? undefined : wordsOfConditions(conditions),
    };
  },
  audit: 'nothing',
});
