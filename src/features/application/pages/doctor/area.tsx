import { Outlet } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';

export const handle = definePage({
  id: 'D-06',
  title: '申請状況',
  crumb: '申請状況',
  who: ['doctor'],
  audit: { none: 'only the place in the breadcrumb' },
});

export default function MyApplicationsArea() {
  return <Outlet />;
}
