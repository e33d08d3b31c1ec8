import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { NoticeRow } from './store.server.ts';
import { typedNotice } from './store.server.ts';

/** SQL of 全体のお知らせ that the operations office has entered (`screens.md P-07`). */

export type AnnouncedLine = Pick<
  NoticeRow,
  'id' | 'title' | 'target' | 'state' | 'startsOn' | 'endsOn' | 'important' | 'byMail' | 'writerName' | 'version'
>;

/** The newest ones. */
export async function listAnnounced(tx: ReadTransaction, limit: number): Promise<AnnouncedLine[]> {
  const rows = await tx
    .selectFrom('notice')
    .selectAll()
    .where('origin', '=', 'operations')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(typedNotice).map((row) => ({
    id: row.id,
    title: row.title,
    target: row.target,
    state: row.state,
    startsOn: row.startsOn,
    endsOn: row.endsOn,
    important: row.important,
    byMail: row.byMail,
    writerName: row.writerName,
    version: row.version,
  }));
}
