import { Outlet } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';

export const handle = definePage({
  id: 'O-16',
  title: 'お知らせ管理',
  crumb: 'お知らせ管理',
  who: ['office'],
  audit: { none: 'the pages within write their own events' },
});

/** Around the pages of お知らせ管理: gives the breadcrumb its name. */
export default function OfficeNoticeSection() {
  return <Outlet />;
}
