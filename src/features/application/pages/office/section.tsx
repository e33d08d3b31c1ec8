import { Outlet } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';

export const handle = definePage({
  id: 'O-03',
  title: '申請管理',
  crumb: '申請管理',
  who: ['office'],
  audit: { none: 'the pages within write their own events' },
});

/** Around list, case and decisions: gives the breadcrumb its 申請管理. */
export default function Section() {
  return <Outlet />;
}
