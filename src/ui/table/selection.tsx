import { type ReactNode, useEffect, useRef, useState } from 'react';
import { fieldId } from '../fields/formState.tsx';

export type Selecting<Row> = {
  /** Name under which the ticked keys are posted by the surrounding form. */
  name: string;
  /** Names the row, e.g. 「2026-0000123 大阪 太郎を選択」. */
  labelOf: (row: Row) => string;
  /** Rows that no bulk action can take have no box. */
  canSelect?: ((row: Row) => boolean) | undefined;
};

/** Ticks the page (script only; without it each row is ticked by hand). */
export function SelectHead() {
  return (
    <th role="columnheader" scope="col" className="ui-select">
      <label className="ui-js">
        <span className="sr-only">このページのすべての行を選択</span>
        <input type="checkbox" data-select-page="" onChange={(event) => tickPage(event.currentTarget)} />
      </label>
    </th>
  );
}

/** The tick box of one row; empty where the row cannot be chosen. The first is where 「選択してください」 leads. */
export function SelectCell<Row>({ row, select, id, first }: { row: Row; select: Selecting<Row>; id: string; first: boolean }) {
  const can = select.canSelect?.(row) ?? true;
  return (
    <td role="cell" className="ui-select">
      {can ? (
        <label>
          <span className="sr-only">{select.labelOf(row)}</span>
          <input
            type="checkbox"
            id={first ? fieldId(select.name) : undefined}
            name={select.name}
            value={id}
            data-select=""
            data-unsaved="off"
          />
        </label>
      ) : null}
    </td>
  );
}

function tickPage(head: HTMLInputElement): void {
  const boxes = head.closest('table')?.querySelectorAll<HTMLInputElement>('input[data-select]') ?? [];
  for (const box of boxes) box.checked = head.checked;
  head.form?.dispatchEvent(new Event('change'));
}

type BarProps = {
  /** All rows of the current conditions, for 「この条件の{n}件すべてを選択」; posted as `all=1`. */
  total?: number | undefined;
  /** There are more of them than were counted. */
  orMore?: boolean | undefined;
  place: 'top' | 'bottom';
  /** The buttons. */
  children: ReactNode;
};

/**
 * The bulk actions of a list, inside the form that holds the table; the lower one stays in sight.
 * @public for the lists of 一括操作 (`screens.md O-04`)
 */
export function SelectionBar({ total, orMore, place, children }: BarProps) {
  const bar = useRef<HTMLDivElement>(null);
  const { count, all } = useTicks(bar);
  const number = `${(total ?? 0).toLocaleString('ja-JP')}件${orMore === true ? '以上' : ''}`;
  return (
    <div className={place === 'top' ? 'ui-bulk ui-bulk-top' : 'ui-bulk'} ref={bar}>
      <span className="ui-js" aria-live={place === 'top' ? 'polite' : undefined}>
        {all && total !== undefined ? `すべて(${number})を選択中` : `${count}件選択中`}
      </span>
      {total !== undefined && place === 'top' ? (
        <label className="ui-choice">
          <input type="checkbox" name="all" value="1" data-select-all="" data-unsaved="off" />
          <span>{`この条件の${number}すべてを選択`}</span>
        </label>
      ) : null}
      {children}
    </div>
  );
}

type Ticks = { count: number /** 「この条件のすべて」 is ticked. */; all: boolean };

function useTicks(bar: React.RefObject<HTMLDivElement | null>): Ticks {
  const [ticks, setTicks] = useState<Ticks>({ count: 0, all: false });
  useEffect(() => {
    const form = bar.current?.closest('form');
    if (!form) return undefined;
    const read = () =>
      setTicks({
        count: form.querySelectorAll('input[data-select]:checked').length,
        all: form.querySelector('input[data-select-all]:checked') !== null,
      });
    read();
    form.addEventListener('change', read);
    return () => form.removeEventListener('change', read);
  }, [bar]);
  return ticks;
}
