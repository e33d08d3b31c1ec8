import { Link, useLocation } from 'react-router';
import { type Sort, sortHref } from './listUrl.ts';

type Head = { head: string; sort?: string | undefined; align?: 'right' | undefined };

// Arrows, not triangles: ▲ means 7日以上経過 in the same lists.
const signs = { none: '⇅', asc: '↑', desc: '↓' } as const;
const words = { none: '並べ替え', asc: '昇順', desc: '降順' } as const;

/** A column head; sorting ones are links, so that the order lives in the address. */
export function SortHead({ column, sort }: { column: Head; sort: Sort | undefined }) {
  const { search } = useLocation();
  const className = column.align === 'right' ? 'ui-num' : undefined;
  if (!column.sort) {
    return (
      <th role="columnheader" scope="col" className={className}>
        {column.head}
      </th>
    );
  }
  const now = sort?.key === column.sort ? sort.direction : 'none';
  const ariaSort = { none: 'none', asc: 'ascending', desc: 'descending' } as const;
  return (
    <th role="columnheader" scope="col" className={className} aria-sort={ariaSort[now]}>
      <Link to={sortHref(search, column.sort, sort)} preventScrollReset>
        {column.head}
        <span aria-hidden="true">{signs[now]}</span>
        <span className="sr-only">{words[now]}</span>
      </Link>
    </th>
  );
}
