import { Outlet } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';

export const handle = definePage({
  id: 'O-21',
  title: '環境設定',
  crumb: '環境設定',
  who: ['office'],
  audit: { none: 'settings of an association are no personal data' },
});

/** Around the list, the form and the versions: gives the breadcrumb its 環境設定. */
export default function Section() {
  return <Outlet />;
}
