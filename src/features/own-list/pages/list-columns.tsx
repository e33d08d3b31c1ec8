import { formatDayPlain } from '#kernel/wareki.ts';
import type { Day } from '#kernel/day.ts';
import { formatStart } from '#kernel/since-ever.ts';
import { ErrorLines } from '#ui/fields/FieldFrame.tsx';
import { textOf, useField } from '#ui/fields/formState.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { names, stateLabels } from '../labels.ts';
import type { CategoryLine, FieldLine, MailingLine, NoticeCategoryLine } from '../queries/lists.ts';
import type { EntryState } from '../rules.ts';

/** Columns of the four lists (`screens.md O-20`). */

type Line = { id: number; name: string; state: EntryState };

const tones = { ahead: 'progress', current: 'success', ended: 'neutral' } as const;
const startText = (day: Day | null) => (day === null ? '' : formatStart(day));
const dayText = (day: Day | null) => (day === null ? '' : formatDayPlain(day));

/** Names such as 「A」 are still wide enough to be pressed. */
const nameColumn = <Row extends Line>(): Column<Row> => ({
  key: 'name',
  head: names.name,
  rowHeader: true,
  cell: (row) => <span className="inline-block min-w-11">{row.name}</span>,
});

const stateColumn = <Row extends Line>(): Column<Row> => ({
  key: 'state',
  head: '状態',
  nowrap: true,
  cell: (row) => <StateLabel tone={tones[row.state]}>{stateLabels[row.state]}</StateLabel>,
});

/** 並び順: one box per row; the numbers are sent with 並べ替える. */
export function orderColumn<Row extends Line>(rows: readonly Row[]): Column<Row> {
  const placeOf = new Map(rows.map((row, place) => [row.id, place]));
  return {
    key: 'order',
    head: names.order,
    nowrap: true,
    cell: (row) => {
      const place = placeOf.get(row.id) ?? 0;
      return <OrderBox row={row} place={place} key={`${row.id}-${place}`} />;
    },
  };
}

function OrderBox({ row, place }: { row: Line; place: number }) {
  const name = `items.${place}.order`;
  const parts = useField({ name });
  return (
    <>
      <input type="hidden" name={`items.${place}.id`} value={row.id} />
      {/* The column itself never wraps; on a phone the sentence must. */}
      <div className="whitespace-normal">
        <ErrorLines parts={parts} />
      </div>
      <input
        className="ui-input ui-input-number"
        type="text"
        inputMode="numeric"
        autoComplete="off"
        id={parts.id}
        name={name}
        aria-label={`${row.name}の並び順`}
        aria-invalid={parts.invalid}
        aria-describedby={parts.describedBy}
        defaultValue={textOf(parts.value) ?? String(place + 1)}
      />
    </>
  );
}

export const mailingColumns: readonly Column<MailingLine>[] = [
  nameColumn(),
  { key: 'kind', head: names.kind, nowrap: true, cell: (row) => row.kind },
  { key: 'categories', head: '対象', cell: (row) => (row.categories.length === 0 ? 'すべての区分' : row.categories.join('、')) },
  { key: 'refusable', head: '送付不要を選べる', nowrap: true, cell: (row) => (row.refusable ? 'はい' : 'いいえ') },
  { key: 'startsOn', head: names.startsOn, nowrap: true, cell: (row) => startText(row.startsOn) },
  { key: 'endsOn', head: names.endsOn, nowrap: true, cell: (row) => dayText(row.endsOn) || '－' },
  stateColumn(),
];

export const categoryColumns: readonly Column<CategoryLine>[] = [
  { key: 'code', head: names.code, nowrap: true, cell: (row) => row.code },
  nameColumn(),
  { key: 'description', head: names.description, wide: true, cell: (row) => row.description || '－' },
  { key: 'jma', head: names.jmaCode, nowrap: true, cell: (row) => row.jma || '－' },
  { key: 'waiver', head: '会費免除の目安', nowrap: true, cell: (row) => (row.trainee ? '臨床研修医' : '－') },
  { key: 'startsOn', head: names.startsOn, nowrap: true, cell: (row) => startText(row.startsOn) },
  { key: 'endsOn', head: names.endsOn, nowrap: true, cell: (row) => dayText(row.endsOn) || '－' },
  { key: 'members', head: '在籍数', nowrap: true, align: 'right', cell: (row) => `${row.members.toLocaleString('ja-JP')}名` },
  stateColumn(),
];

export const noticeCategoryColumns: readonly Column<NoticeCategoryLine>[] = [nameColumn(), stateColumn()];

export const fieldColumns: readonly Column<FieldLine>[] = [
  nameColumn(),
  { key: 'kind', head: names.kind, nowrap: true, cell: (row) => row.kind },
  { key: 'shown', head: '表示', nowrap: true, cell: (row) => (row.shown ? '本人に表示する' : '事務局のみ') },
  stateColumn(),
];
