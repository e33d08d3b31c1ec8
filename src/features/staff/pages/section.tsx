import { Outlet } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';

export const handle = definePage({
  id: 'O-17',
  title: '事務局ユーザー管理',
  crumb: '事務局ユーザー管理',
  who: ['office'],
  roles: ['admin'],
  audit: { none: 'shows nothing of its own' },
});

/** Around the list and the forms: gives the breadcrumb its 事務局ユーザー管理. */
export default function Section() {
  return <Outlet />;
}
