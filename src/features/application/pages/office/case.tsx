import { Outlet } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';

export const handle = definePage({
  id: 'O-05',
  title: '申請の詳細',
  crumb: '申請の詳細',
  who: ['office'],
  audit: { none: 'the pages within write their own events' },
});

/** Around one case and its decisions: gives the breadcrumb its 申請の詳細. */
export default function CaseSection() {
  return <Outlet />;
}
