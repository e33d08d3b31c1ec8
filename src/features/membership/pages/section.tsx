import { Outlet } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';

export const handle = definePage({
  id: 'O-07',
  title: '会員情報管理',
  crumb: '会員情報管理',
  who: ['office'],
  audit: { none: 'the pages within write their own events' },
});

/** Around list and detail: gives the breadcrumb its 会員情報管理. */
export default function Section() {
  return <Outlet />;
}
