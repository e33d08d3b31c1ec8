import { Outlet } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';

export const handle = definePage({
  id: 'O-20',
  title: '送付物・会員区分設定',
  crumb: '送付物・会員区分設定',
  who: ['office'],
  audit: { none: 'what an association defines for itself is no personal data' },
});

/** Around the four lists and their forms: gives the breadcrumb its name. */
export default function Section() {
  return <Outlet />;
}
