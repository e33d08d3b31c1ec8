import { Outlet } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';

export const handle = definePage({
  id: 'D-02',
  title: 'お知らせ',
  crumb: 'お知らせ',
  who: ['doctor'],
  audit: { none: 'notices hold no personal data' },
});

/** Around list and detail: gives the breadcrumb its お知らせ. */
export default function NoticeSection() {
  return <Outlet />;
}
