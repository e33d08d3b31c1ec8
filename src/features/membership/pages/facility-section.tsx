import { Outlet } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';

export const handle = definePage({
  id: 'O-14',
  title: '施設別一覧',
  crumb: '施設別一覧',
  who: ['office'],
  audit: { none: 'the pages within write their own events' },
});

/** Around list and detail: gives the breadcrumb its 施設別一覧. */
export default function FacilitySection() {
  return <Outlet />;
}
