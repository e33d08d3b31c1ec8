import { Outlet } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';

export const handle = definePage({
  id: 'O-01',
  title: '上層の医師会からのお知らせ',
  crumb: '上層の医師会からのお知らせ',
  who: ['office'],
  roles: ['admin', 'clerk', 'trainingContractor'],
  audit: { none: 'notices hold no personal data' },
});

/** Around list and detail of what upper associations have sent. */
export default function ReceivedSection() {
  return <Outlet />;
}
