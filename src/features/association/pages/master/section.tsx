import { Outlet } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';

export const handle = definePage({
  id: 'J-02',
  title: '医師会マスタ',
  crumb: '医師会マスタ',
  who: ['office'],
  layers: [1],
  audit: { none: 'the tree of associations is no personal data' },
});

/** Around 医師会マスタ and its forms: gives the breadcrumb its name. */
export default function Section() {
  return <Outlet />;
}
