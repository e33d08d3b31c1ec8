import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { InboxTabs } from '#features/application/pages/office/inbox-tabs.tsx';
import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { Tabs } from '#ui/parts/Tabs.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import type { Route } from './+types/list.ts';
import type { OfficeCertificateLine } from '../../queries/certificates.ts';
import { officeCertificates } from '../../queries/certificates.ts';
import { CertificateTable } from '../certificate-table.tsx';

export const handle = definePage({
  id: 'O-03-certificates',
  title: '申請管理(在籍証明書)',
  crumb: '在籍証明書',
  who: ['office'],
  audit: 'certificate.listed',
  list: true,
});

export const meta = () => [{ title: '申請管理(在籍証明書) | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  return { page: (await askByAddress(officeCertificates, contextOf(context), request.url)).value };
}

const base = '/office/applications/certificates';

const columns: readonly Column<OfficeCertificateLine>[] = [
  { key: 'state', head: '状態', nowrap: true, cell: (row) => <StateLabel tone={row.tone}>{row.state}</StateLabel> },
  { key: 'at', head: '申請日時', nowrap: true, cell: (row) => formatInstant(row.appliedAt) },
  { key: 'name', head: '氏名', rowHeader: true, cell: (row) => row.name },
  { key: 'kana', head: 'フリガナ', cell: (row) => row.kana },
  { key: 'base', head: '基準日', nowrap: true, cell: (row) => formatDayPlain(row.baseOn) },
  { key: 'purpose', head: '用途', cell: (row) => row.purpose || '－' },
  { key: 'number', head: '証明書番号', nowrap: true, cell: (row) => row.number || '－' },
];

/** Tab 在籍証明書 of 申請管理: what doctors have asked for, and what was issued (`screens.md O-03, O-29`). */
export default function OfficeCertificates({ loaderData: { page } }: Route.ComponentProps) {
  const waiting = page.view === 'waiting';
  return (
    <>
      <h1>申請管理(在籍証明書)</h1>
      <InboxTabs current="certificates" />
      <Tabs
        label="在籍証明書の区分"
        tabs={[
          { label: '確認待ち', to: base, current: waiting },
          { label: 'すべて', to: `${base}?view=all`, current: !waiting },
        ]}
      />
      <CertificateTable
        page={page}
        columns={columns}
        base={base}
        empty={waiting ? '確認待ちの在籍証明書はありません。' : '在籍証明書はありません。'}
      />
      <p className="mt-4">ご本人の依頼により発行するときは、会員情報詳細の「在籍証明書」から発行します。</p>
    </>
  );
}
