import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { listParams, withParams } from './listUrl.ts';

/** The line above or below a table: count, legend, page size, pager. */
export function ListBar({ children }: { children: ReactNode }) {
  return <div className="ui-list-bar">{children}</div>;
}

/** 「総件数:{n}件」 */
export function Count({ count }: { count: number }) {
  return <p className="ui-count">{`総件数:${count.toLocaleString('ja-JP')}件`}</p>;
}

const sizes = [25, 50, 100] as const;

/** 表示件数 */
export function PageSize({ size }: { size: number }) {
  const { search } = useLocation();
  return (
    <nav className="ui-sizes" aria-label="表示件数">
      <span aria-hidden="true">表示件数</span>
      {sizes.map((one) =>
        one === size ? (
          <strong key={one} aria-current="true">{`${one}件`}</strong>
        ) : (
          <Link key={one} to={withParams(search, { [listParams.size]: String(one), [listParams.page]: undefined })}>
            {`${one}件`}
          </Link>
        ),
      )}
    </nav>
  );
}
