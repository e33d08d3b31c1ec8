import type { FieldErrors } from '#kernel/refusal.ts';
import { query } from '#platform/command/query.ts';
import { surroundingOf } from '../commands/publish.ts';
import { contentOf } from '../commands/save.ts';
import { faultsOf } from '../rules.ts';
import { draftFields } from '../schema.ts';
import { officeOf, publishersOnly } from './office-notices.ts';

/** What is still missing for 登録する in a form that is not kept yet, by field. */
export const noticeFaults = query({
  name: 'notice.faults',
  input: draftFields,
  allow: publishersOnly,
  read: async (tx, input, ctx): Promise<FieldErrors> =>
    faultsOf(contentOf(input), await surroundingOf(tx, ctx, officeOf(ctx).associationId)),
  audit: 'nothing',
});
