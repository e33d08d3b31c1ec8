import { Outlet } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';

export const handle = definePage({
  id: 'D-15',
  title: 'お問合せ',
  crumb: 'お問合せ',
  who: ['doctor'],
  audit: { none: 'the pages within write their own events' },
});

/** Around list, form and thread: gives the breadcrumb its お問合せ. */
export default function InquirySection() {
  return <Outlet />;
}
