import { Outlet } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';

export const handle = definePage({
  id: 'P-05',
  title: 'お問合せ対応',
  crumb: 'お問合せ対応',
  who: ['operations', 'office'],
  layers: [1],
  audit: { none: 'the pages within write their own events' },
});

/** Around list, form and thread: gives the breadcrumb its お問合せ対応. */
export default function InquirySection() {
  return <Outlet />;
}
