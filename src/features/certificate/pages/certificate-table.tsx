import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { Count, ListBar, PageSize } from '#ui/table/ListBar.tsx';
import { KeysetPager } from '#ui/table/Pager.tsx';
import type { Around } from '../queries/certificates.ts';

type Props<Row> = { page: Around & { rows: readonly Row[] }; columns: readonly Column<Row>[]; base: string; empty: string };

/** A list of certificates with their number, 表示件数 and the pages before and after. */
export function CertificateTable<Row extends { id: string }>({ page, columns, base, empty }: Props<Row>) {
  const pager = (place: string) => <KeysetPager before={page.before} after={page.after} label={`ページ(${place})`} />;
  return (
    <>
      <ListBar>
        <Count count={page.count} />
        <PageSize size={page.size} />
        {pager('上')}
      </ListBar>
      <DataTable
        caption="在籍証明書の一覧"
        columns={columns}
        rows={page.rows}
        rowKey={(row) => row.id}
        rowTo={(row) => `${base}/${row.id}`}
        empty={empty}
      />
      <ListBar>{pager('下')}</ListBar>
    </>
  );
}
