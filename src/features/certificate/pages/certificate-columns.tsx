import { Link } from 'react-router';
import { formatDayPlain } from '#kernel/wareki.ts';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import type { CertificateLine } from '../queries/certificates.ts';

const place = 'inline-flex min-h-11 items-center';

/** Columns of a person's certificates; `base` is the address below which each has its pages. */
export function certificateColumns(base: string, revokeTo: (id: string) => string): readonly Column<CertificateLine>[] {
  return [
    { key: 'number', head: '証明書番号', nowrap: true, rowHeader: true, cell: (row) => row.number || '(発行前)' },
    { key: 'association', head: '発行医師会', cell: (row) => row.association },
    { key: 'base', head: '基準日', nowrap: true, cell: (row) => formatDayPlain(row.baseOn) },
    { key: 'issued', head: '発行日', nowrap: true, cell: (row) => (row.issuedOn === undefined ? '－' : formatDayPlain(row.issuedOn)) },
    { key: 'purpose', head: '用途', cell: (row) => row.purpose || '－' },
    { key: 'state', head: '状態', nowrap: true, cell: (row) => <StateLabel tone={row.tone}>{row.state}</StateLabel> },
    {
      key: 'acts',
      head: '操作',
      cell: (row) => (
        <span className="flex flex-wrap gap-x-4">
          {row.openable ? (
            <a className={place} href={`${base}/${row.id}/print.pdf`} aria-label={`PDFを開く(${row.number})`}>
              PDFを開く
            </a>
          ) : null}
          {row.revocable ? (
            <Link className={place} to={revokeTo(row.id)} aria-label={`無効にする(${row.number})`}>
              無効にする
            </Link>
          ) : null}
          {row.openable || row.revocable ? null : '－'}
        </span>
      ),
    },
  ];
}
