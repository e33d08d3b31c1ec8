import { Outlet } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';

export const handle = definePage({
  id: 'O-19',
  title: '医師会情報',
  crumb: '医師会情報',
  who: ['office'],
  audit: { none: 'what an association says of itself is no personal data' },
});

/** Around 医師会情報 and its forms: gives the breadcrumb its name. */
export default function Section() {
  return <Outlet />;
}
