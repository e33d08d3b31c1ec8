import type { ReactNode } from 'react';
import { Form, useLocation } from 'react-router';
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

/** 表示件数: one press keeps it for all lists of this person and shows this one again from its first page. */
export function PageSize({ size }: { size: number }) {
  const { pathname, search } = useLocation();
  const first = withParams(search, {
    [listParams.size]: undefined,
    [listParams.page]: undefined,
    [listParams.after]: undefined,
    [listParams.before]: undefined,
  });
  return (
    <Form method="post" action="/page-size" className="ui-sizes" aria-label="表示件数" preventScrollReset>
      <span aria-hidden="true">表示件数</span>
      <input type="hidden" name="to" value={`${pathname}${first}`} />
      {sizes.map((one) =>
        one === size ? (
          <strong key={one} aria-current="true">{`${one}件`}</strong>
        ) : (
          <button key={one} name="size" value={one}>{`${one}件`}</button>
        ),
      )}
    </Form>
  );
}
