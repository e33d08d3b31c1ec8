import { type MouseEvent, type ReactNode, useRef } from 'react';
import { Link } from 'react-router';
import { EmptyState } from '../parts/EmptyState.tsx';
import type { Sort } from './listUrl.ts';
import { SelectCell, SelectHead, type Selecting } from './selection.tsx';
import { SortHead } from './SortHead.tsx';
import { useScrollable } from './useScrollable.ts';

export type Column<Row> = {
  key: string;
  head: string;
  cell: (row: Row) => ReactNode;
  /** Sort key of the address; without it the column does not sort. */
  sort?: string | undefined;
  align?: 'right' | undefined;
  nowrap?: boolean | undefined;
  /** Sentences: never squeezed to a few characters a line by the other columns. */
  wide?: boolean | undefined;
  /** The cell that names the row (th) and carries the row's link. */
  rowHeader?: boolean | undefined;
};

export type DataTableProps<Row> = {
  /** What the table holds, for those who hear it. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowTo?: ((row: Row) => string) | undefined;
  sort?: Sort | undefined;
  select?: Selecting<Row> | undefined;
  /** A full-width line under the row (newest message, memo); undefined for none. */
  below?: ((row: Row) => ReactNode) | undefined;
  /** On phones: one card per row (default) or the table, scrolled sideways. */
  phone?: 'cards' | 'scroll';
  empty?: ReactNode;
};

/** Rows of one kind: dense, sorted by links, chosen by ticks; no row has a meaning by colour alone. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const box = useRef<HTMLDivElement>(null);
  const scrolls = useScrollable(box);
  if (props.rows.length === 0) return <EmptyState>{props.empty}</EmptyState>;
  const cards = props.phone !== 'scroll';
  const region = scrolls === false ? {} : ({ role: 'region', tabIndex: 0, 'aria-label': props.caption } as const);
  return (
    <div className="ui-table-scroll" ref={box} data-scrolls={scrolls ? '' : undefined} {...region}>
      {/* As blocks on phones the elements lose their table meaning; the roles keep it. */}
      <table className={cards ? 'ui-table ui-table-cards' : 'ui-table'} role="table">
        <caption className="sr-only">{props.caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {props.select ? <SelectHead /> : null}
            {props.columns.map((column) => (
              <SortHead key={column.key} column={column} sort={props.sort} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {props.rows.map((row) => (
            <Row key={props.rowKey(row)} row={row} table={props} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row<R>({ row, table }: { row: R; table: DataTableProps<R> }) {
  const { columns, select, rowTo } = table;
  const firstToSelect = table.rows.find((one) => select?.canSelect?.(one) ?? true);
  const below = table.below?.(row);
  const classes = ['ui-row', rowTo ? 'ui-row-link' : '', below ? 'ui-row-open' : ''].filter(Boolean).join(' ');
  return (
    <>
      <tr role="row" className={classes} data-row="" tabIndex={rowTo ? -1 : undefined} onClick={rowTo ? openRow : undefined}>
        {select ? <SelectCell row={row} select={select} id={table.rowKey(row)} first={row === firstToSelect} /> : null}
        {columns.map((column) => (
          <Cell key={column.key} column={column} row={row} to={column.rowHeader ? rowTo?.(row) : undefined} />
        ))}
      </tr>
      {below ? (
        <tr role="row" className="ui-sub">
          <td role="cell" colSpan={columns.length + (select ? 1 : 0)}>
            {below}
          </td>
        </tr>
      ) : null}
    </>
  );
}

function Cell<R>({ column, row, to }: { column: Column<R>; row: R; to: string | undefined }) {
  const look = [column.align === 'right' ? 'ui-num' : '', column.nowrap ? 'ui-nowrap' : '', column.wide ? 'ui-wide' : '']
    .filter(Boolean)
    .join(' ');
  const className = look === '' ? undefined : look;
  const content = <span>{column.cell(row)}</span>;
  if (!column.rowHeader) {
    return (
      <td role="cell" className={className} data-head={column.head}>
        {content}
      </td>
    );
  }
  return (
    <th role="rowheader" scope="row" className={className} data-head={column.head}>
      {to === undefined ? (
        content
      ) : (
        <Link to={to} data-row-link="">
          {column.cell(row)}
        </Link>
      )}
    </th>
  );
}

/** A click anywhere in a row is a click on its link, unless it hit a control or marked text. */
function openRow(event: MouseEvent<HTMLTableRowElement>): void {
  const target = event.target;
  if (!(target instanceof Element) || target.closest('a, button, input, label, summary')) return;
  if (window.getSelection()?.toString()) return;
  event.currentTarget.querySelector<HTMLAnchorElement>('a[data-row-link]')?.click();
}
