import { Link } from 'react-router';
import { formatDayPlain } from '#kernel/wareki.ts';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import { noticeTexts as texts } from '../messages.ts';
import type { ReaderList } from '../queries/reader-notices.ts';

type Rows = ReaderList['rows'];

/** The newest notices on a top page (`screens.md D-01, O-01`): unread bold and in words, 重要 first until read. */
export function NewestNotices({ rows, to }: { rows: Rows /** Address of the list. */; to: string }) {
  if (rows.length === 0) return <EmptyState>{texts.none}</EmptyState>;
  return (
    <>
      <ul className="ui-news">
        {rows.map((row) => (
          <li key={row.id}>
            <span className="flex flex-wrap items-center gap-x-3">
              <span>{formatDayPlain(row.startsOn)}</span>
              <span>{row.category1}</span>
              {row.important && !row.read ? <StateLabel tone="danger">重要</StateLabel> : null}
              {row.read ? null : <StateLabel tone="info">未読</StateLabel>}
            </span>
            <Link
              to={`${to}/${row.id}`}
              className={row.read ? 'inline-flex min-h-11 items-center' : 'inline-flex min-h-11 items-center font-bold'}
            >
              {row.title}
            </Link>
            <span className="block">{row.association}</span>
          </li>
        ))}
      </ul>
      <p className="mt-4">
        <Link className="inline-flex min-h-11 items-center" to={to}>
          一覧へ
        </Link>
      </p>
    </>
  );
}
