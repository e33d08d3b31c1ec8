import { query } from '#platform/command/query.ts';
import { z } from 'zod';
import type { FaqRow } from '../faq.store.server.ts';
import { listFaq } from '../faq.store.server.ts';

export type FaqEntry = FaqRow;

/** What desks have added to よくある質問: texts for everybody. */
export const faqEntries = query({
  name: 'help.faqEntries',
  input: z.object({}),
  allow: () => true,
  read: async (tx): Promise<FaqEntry[]> => await listFaq(tx),
  audit: 'nothing',
});
