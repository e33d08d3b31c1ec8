import { kindLabel } from '#features/application/labels.ts';
import { DayText } from '#ui/parts/DayText.tsx';
import { PersonName } from '#ui/parts/PersonName.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { bulkTexts } from '../messages.ts';
import type { CheckRow } from '../queries/check.ts';

/** What will happen, or why the row was set aside. */
function Outcome({ row }: { row: CheckRow }) {
  return (
    <>
      {row.will === '' ? null : <span className="block">{row.will}</span>}
      {row.reasons.length === 0 ? null : (
        <span className="block">
          {bulkTexts.setAside}
          {row.reasons.map((reason) => (
            <span key={reason} className="block">
              {reason}
            </span>
          ))}
        </span>
      )}
    </>
  );
}

function Tick({ row, ticked }: { row: CheckRow; ticked: boolean }) {
  if (row.level === 'stop') return '対象外';
  const confirms = row.level === 'think';
  return (
    <label className="ui-choice">
      <input type="checkbox" name={confirms ? 'confirm' : 'row'} value={row.id} defaultChecked={ticked} data-select="" />
      <span>
        {confirms ? '確認のうえ対象にする' : '対象にする'}
        <span className="sr-only">{`(${row.number} ${row.name})`}</span>
      </span>
    </label>
  );
}

function columnsFor(ticked: ReadonlySet<string>): readonly Column<CheckRow>[] {
  return [
    { key: 'tick', head: '対象', cell: (row) => <Tick row={row} ticked={ticked.has(row.id)} /> },
    { key: 'name', head: '氏名', rowHeader: true, cell: (row) => <PersonName name={row.name} kana={row.kana} /> },
    { key: 'number', head: '受付番号', nowrap: true, cell: (row) => row.number },
    { key: 'kind', head: '種別', nowrap: true, cell: (row) => kindLabel(row.kind, row.state) },
    {
      key: 'wished',
      head: '希望日',
      nowrap: true,
      cell: (row) => (row.wishedOn === null ? '－' : <DayText day={row.wishedOn} look="plain" />),
    },
    { key: 'will', head: '実行内容', cell: (row) => <Outcome row={row} /> },
  ];
}

/** The chosen cases; those that need thought are unticked with the reason (`screens.md O-04`). */
export function CheckTable({ rows, ticked }: { rows: readonly CheckRow[]; ticked: ReadonlySet<string> }) {
  return <DataTable caption="一括操作の対象" columns={columnsFor(ticked)} rows={rows} rowKey={(row) => row.id} />;
}
