import type { ReactNode } from 'react';
import { Form, useLocation } from 'react-router';
import { Button, LinkButton } from '../parts/Button.tsx';
import { withParams } from './listUrl.ts';

type Props = {
  /** Conditions always in sight. */
  children: ReactNode;
  /** Further conditions, folded away. */
  more?: ReactNode;
  /** How many of `more` are set: then they stand open. */
  moreSet?: number;
  /** Parameters that 検索 and 選択解除 keep (tab, page size, order). */
  keep?: readonly string[];
  /** Further buttons (この条件を保存). */
  actions?: ReactNode;
};

/** Where the list begins, for those who do not want to walk through the conditions. */
const listStart = 'list-start';

/** Conditions of a list; a plain GET form, so that the address holds them. */
export function FilterPanel({ children, more, moreSet = 0, keep = ['tab', 'size', 'sort'], actions }: Props) {
  const { search, pathname } = useLocation();
  const params = new URLSearchParams(search);
  const kept = keep.flatMap((name) => params.getAll(name).map((value) => ({ name, value })));
  const clear = withParams('', Object.fromEntries(kept.map(({ name, value }) => [name, value])));
  return (
    <>
      <search className="ui-filter block">
        {/* A new address gives a new form: its boxes show the conditions of that address, not what was typed before. */}
        <Form method="get" key={search} className="p-4">
          <p className="mb-2">検索条件を指定してください。</p>
          <a className="ui-to-list" href={`#${listStart}`}>
            一覧へ移動
          </a>
          {kept.map(({ name, value }) => (
            <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
          ))}
          <div className="ui-filter-fields">{children}</div>
          {more ? (
            <details open={moreSet > 0}>
              <summary className="min-h-11 cursor-pointer py-2 font-bold">
                {moreSet > 0 ? `詳しい条件(${moreSet}件指定中)` : '詳しい条件'}
              </summary>
              <div className="ui-filter-fields">{more}</div>
            </details>
          ) : null}
          <div className="ui-actions">
            <Button variant="primary">検索</Button>
            <LinkButton to={`${pathname}${clear}`}>選択解除</LinkButton>
            {actions}
          </div>
        </Form>
      </search>
      <span id={listStart} tabIndex={-1} />
    </>
  );
}
