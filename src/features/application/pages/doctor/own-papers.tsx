import { Outlet } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';

/** Pages on which an office files too, at its own address (`rules.md 3.10`): here they are the doctor's alone. */
export const handle = definePage({
  id: 'D-08',
  title: '届',
  who: ['doctor'],
  audit: { none: 'only whose pages these are' },
});

export default function OwnPapers() {
  return <Outlet />;
}
