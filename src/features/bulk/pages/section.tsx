import { Outlet } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';

export const handle = definePage({
  id: 'O-04',
  title: '一括操作',
  who: ['office'],
  audit: { none: 'the pages within write their own events' },
});

/** Around the two pages of 一括操作. */
export default function BulkSection() {
  return <Outlet />;
}
