import { formatDayPlain } from '#kernel/wareki.ts';
import { DateField } from '#ui/fields/DateField.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { FromTo } from '#ui/table/FromTo.tsx';
import { Count, ListBar, PageSize } from '#ui/table/ListBar.tsx';
import { KeysetPager } from '#ui/table/Pager.tsx';
import { deskKinds, inquiryKinds } from '../fields.ts';
import { inquiryFlow } from '../flow.ts';
import { inquiryStateLabel, kindLabels } from '../labels.ts';
import { inquiryTexts as texts } from '../messages.ts';
import type { InquiryLine, InquiryPage } from '../queries/lists.ts';

/** Columns and conditions of the lists of お問合せ. */

const state: Column<InquiryLine> = {
  key: 'state',
  head: '状況',
  nowrap: true,
  cell: (row) => <StateLabel tone={row.tone}>{row.state}</StateLabel>,
};
const number: Column<InquiryLine> = { key: 'number', head: '受付番号', nowrap: true, rowHeader: true, cell: (row) => row.number };
const kind: Column<InquiryLine> = { key: 'kind', head: '種類', cell: (row) => <span className="block min-w-20">{row.kind}</span> };
const subject: Column<InquiryLine> = { key: 'subject', head: '件名', wide: true, cell: (row) => row.subject };

/** One's own questions. */
export const ownColumns: readonly Column<InquiryLine>[] = [
  number,
  kind,
  subject,
  state,
  { key: 'changed', head: '最終更新', nowrap: true, cell: (row) => row.changedAt },
];

/** What lies at a desk. */
export const inboxColumns: readonly Column<InquiryLine>[] = [
  number,
  kind,
  subject,
  { key: 'asker', head: '差出人', cell: (row) => row.asker },
  { key: 'desk', head: '担当', cell: (row) => row.desk },
  state,
  { key: 'asked', head: '受付', nowrap: true, cell: (row) => row.askedAt },
  {
    key: 'due',
    head: '期限',
    nowrap: true,
    cell: (row) => (row.late ? `${formatDayPlain(row.dueOn)}(期限超過)` : formatDayPlain(row.dueOn)),
  },
];

export function StateFilter() {
  return (
    <SelectField
      name="state"
      label="状況"
      placeholder="すべて"
      options={inquiryFlow.states.map((one) => ({ value: one, label: inquiryStateLabel(one) }))}
    />
  );
}

/** Of a desk, with what no person asks. */
export function KindFilter({ desk = false }: { desk?: boolean }) {
  return (
    <SelectField
      name="kind"
      label={texts.kind}
      placeholder="すべて"
      options={(desk ? deskKinds : inquiryKinds).map((one) => ({ value: one, label: kindLabels[one] }))}
    />
  );
}

export function PeriodFilter() {
  return (
    <FromTo>
      <DateField name="from" label="期間(開始)" plain />
      <DateField name="to" label="期間(終了)" plain />
    </FromTo>
  );
}

type TableProps = { page: Omit<InquiryPage, 'personIds'>; base: string; caption: string; columns: readonly Column<InquiryLine>[] };

/** The lines of a list with their number, 表示件数 and the pages before and after. */
export function InquiryTable({ page, base, caption, columns }: TableProps) {
  const pager = (place: string) => <KeysetPager before={page.before} after={page.after} label={`ページ(${place})`} />;
  return (
    <>
      <ListBar>
        <Count count={page.count} />
        <PageSize size={page.size} />
        {pager('上')}
      </ListBar>
      <DataTable
        caption={caption}
        columns={columns}
        rows={page.rows}
        rowKey={(row) => row.id}
        rowTo={(row) => `${base}/${row.id}`}
        empty={texts.empty}
      />
      <ListBar>{pager('下')}</ListBar>
    </>
  );
}
