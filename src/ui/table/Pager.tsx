import { Link, useLocation } from 'react-router';
import { listParams, withParams } from './listUrl.ts';

/** « < 1 2 3 4 5 > »; the same above and below a list. `label` differs when there are two. */
export function Pager({ page, pageCount, label = 'ページ' }: { page: number; pageCount: number; label?: string }) {
  const { search } = useLocation();
  if (pageCount <= 1) return null;
  const to = (one: number) => withParams(search, { [listParams.page]: one === 1 ? undefined : String(one) });
  const first = Math.max(1, Math.min(page - 2, pageCount - 4));
  const shown = Array.from({ length: Math.min(5, pageCount) }, (_, index) => first + index);
  return (
    <nav className="ui-pager" aria-label={label}>
      <ul>
        <Jump sign="«" word="最初のページ" to={page > 1 ? to(1) : undefined} />
        <Jump sign="<" word="前のページ" to={page > 1 ? to(page - 1) : undefined} />
        {shown.map((one) => (
          <li key={one}>
            <Link to={to(one)} aria-current={one === page ? 'page' : undefined} aria-label={`${one}ページ目`}>
              {one}
            </Link>
          </li>
        ))}
        <Jump sign=">" word="次のページ" to={page < pageCount ? to(page + 1) : undefined} />
        <Jump sign="»" word="最後のページ" to={page < pageCount ? to(pageCount) : undefined} />
      </ul>
    </nav>
  );
}

function Jump({ sign, word, to }: { sign: string; word: string; to: string | undefined }) {
  return (
    <li>
      {to === undefined ? (
        <span className="ui-page ui-off" aria-hidden="true">
          {sign}
        </span>
      ) : (
        <Link to={to} aria-label={word}>
          {sign}
        </Link>
      )}
    </li>
  );
}

/** For lists that are read on by key, not by page number: cursors of the neighbours, undefined at an end. */
export function KeysetPager({
  before,
  after,
  label = 'ページ',
}: {
  before?: string | undefined;
  after?: string | undefined;
  label?: string;
}) {
  const { search } = useLocation();
  if (before === undefined && after === undefined) return null;
  const to = (changes: { before?: string; after?: string }) =>
    withParams(search, { [listParams.before]: changes.before, [listParams.after]: changes.after });
  return (
    <nav className="ui-pager" aria-label={label}>
      <ul>
        <li>{before === undefined ? <span className="ui-page ui-off">前へ</span> : <Link to={to({ before })}>前へ</Link>}</li>
        <li>{after === undefined ? <span className="ui-page ui-off">次へ</span> : <Link to={to({ after })}>次へ</Link>}</li>
      </ul>
    </nav>
  );
}
