import { refuse } from '#kernel/refusal.ts';
import { type CheckSummary, summaryOf } from '#features/audit-trail/queries/check.ts';
import type { DeskCounts } from '#features/inquiry/queries/lists.ts';
import { deskInquiries } from '#features/inquiry/queries/lists.ts';
import { query } from '#platform/command/query.ts';
import { z } from 'zod';

export type OperationsTop = { inquiries: DeskCounts; check: CheckSummary };

/** TOP of 運営事務局 (`screens.md P-01`): counts only, of what there is to do. */
export const operationsTop = query({
  name: 'desk.operationsTop',
  input: z.object({}),
  allow: ({ actor }) => (actor.kind === 'operations' ? true : refuse('forbidden')),
  read: async (tx, _input, ctx): Promise<OperationsTop | undefined> => {
    const inquiries = await deskInquiries(tx, ctx.actor, ctx.today);
    return inquiries === undefined ? undefined : { inquiries, check: await summaryOf(tx) };
  },
  audit: 'nothing',
});
