import { Outlet } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';

export const handle = definePage({
  id: 'D-07',
  title: '申請の詳細',
  crumb: '申請の詳細',
  who: ['doctor'],
  audit: { none: 'only the place in the breadcrumb' },
});

export default function MyApplicationArea() {
  return <Outlet />;
}
