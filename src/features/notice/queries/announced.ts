import { refuse } from '#kernel/refusal.ts';
import { query } from '#platform/command/query.ts';
import { z } from 'zod';
import { announcer, announcingAssociation } from '../commands/announce.ts';
import type { AnnouncedLine } from '../announced.store.server.ts';
import { listAnnounced } from '../announced.store.server.ts';
import type { ShownState } from '../flow.ts';
import { isEndable, shownState } from '../flow.ts';
import { targetLabels } from '../labels.ts';
import { announcedTargets } from '../schema.ts';
import { countReads, listCategories } from '../store.server.ts';

/** 全体のお知らせ of the operations office (`screens.md P-07`). */

export type AnnouncedRow = AnnouncedLine & { shown: ShownState; reads: number | undefined; mayEnd: boolean };

const mostShown = 100;

/** What was entered, newest first, and what the form needs. */
export const announcedNotices = query({
  name: 'notice.announced',
  input: z.object({}),
  allow: (ctx) => (announcer(ctx) === undefined ? refuse('forbidden') : true),
  read: async (tx, _input, ctx) => {
    const rows = await listAnnounced(tx, mostShown);
    const reads = await countReads(
      tx,
      rows.map((row) => row.id),
    );
    const categories = await listCategories(tx, announcingAssociation, ctx.today);
    return {
      today: ctx.today,
      rows: rows.map(
        (row): AnnouncedRow => ({
          ...row,
          shown: shownState(row, ctx.today),
          reads: row.target === 'public' ? undefined : (reads.get(row.id) ?? 0),
          mayEnd: isEndable(row, ctx.today),
        }),
      ),
      categories: categories.map(({ id, name }) => ({ value: String(id), label: name })),
      targets: announcedTargets.map((value) => ({ value, label: targetLabels[value] })),
    };
  },
  audit: 'nothing',
});
