import type { OfficeActor } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import { pageOf } from '#kernel/paging.ts';
import { refuse } from '#kernel/refusal.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ShownState } from '../flow.ts';
import { shownState } from '../flow.ts';
import type { OfficeLine } from '../office.store.server.ts';
import { listOfOffice } from '../office.store.server.ts';
import { publishingOffice } from '../policy.ts';
import { hasReaders } from '../rules.ts';
import type { OfficeFilter } from '../schema.ts';
import { officeListInput } from '../schema.ts';
import type { Category } from '../store.server.ts';
import { countReads, listCategories } from '../store.server.ts';

/** Publishing offices only; 外部委託先 read, they do not write. */
export function publishersOnly(ctx: Context) {
  return publishingOffice(ctx.actor) === undefined ? refuse('forbidden') : true;
}

/** The office of a context that passed `publishersOnly`. */
export function officeOf(ctx: Context): OfficeActor {
  const office = publishingOffice(ctx.actor);
  if (office === undefined) throw new Error('only publishing offices ask this');
  return office;
}

export type NoticeLine = Pick<OfficeLine, 'id' | 'title' | 'category1' | 'category2' | 'target' | 'important' | 'writerName'> & {
  startsOn: Day | null;
  endsOn: Day | null;
  shown: ShownState;
  /** 既読 n/m; undefined where nobody is counted. */
  reads: { read: number; of: number } | undefined;
};

export type NoticeList = {
  rows: NoticeLine[];
  count: number;
  before: string | undefined;
  after: string | undefined;
  filter: OfficeFilter;
  categories: Category[];
};

/** お知らせ管理 (`screens.md O-16`): the notices of the own office. */
export const officeNotices = query({
  name: 'notice.ofOffice',
  input: officeListInput,
  allow: publishersOnly,
  read: async (tx, filter, ctx): Promise<NoticeList> => {
    const { associationId } = officeOf(ctx);
    const found = await listOfOffice(tx, { associationId, today: ctx.today }, { filter, limit: filter.size + 1 });
    const { rows, before, after } = pageOf(found.rows, filter, (row) => row.id);
    const reads = await countReads(
      tx,
      rows.filter((row) => row.readers !== null).map((row) => row.id),
    );
    return {
      rows: rows.map((row) => ({
        id: row.id,
        title: row.title,
        category1: row.category1,
        category2: row.category2,
        target: row.target,
        important: row.important,
        writerName: row.writerName,
        startsOn: row.startsOn,
        endsOn: row.endsOn,
        shown: shownState(row, ctx.today),
        reads: row.readers === null || !hasReaders(row.target) ? undefined : { read: reads.get(row.id) ?? 0, of: row.readers },
      })),
      count: found.count,
      before,
      after,
      filter,
      categories: await listCategories(tx, associationId, ctx.today),
    };
  },
  audit: 'nothing',
});
