import { Outlet } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';

export const handle = definePage({
  id: 'O-14',
  title: '施設の提案',
  crumb: '施設の提案',
  who: ['office'],
  audit: { none: 'the pages within write their own events' },
});

/** Around the proposals: gives the breadcrumb its 施設の提案. */
export default function ProposalSection() {
  return <Outlet />;
}
