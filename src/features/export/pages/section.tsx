import { Outlet } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';

export const handle = definePage({
  id: 'O-23',
  title: 'データ出力',
  crumb: 'データ出力',
  who: ['office'],
  audit: { none: 'the pages within write their own events' },
});

/** Around list, form and manifest: gives the breadcrumb its データ出力. */
export default function ExportSection() {
  return <Outlet />;
}
