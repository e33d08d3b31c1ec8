import { Outlet } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';

export const handle = definePage({
  id: 'D-13',
  title: '在籍証明書',
  crumb: '在籍証明書',
  who: ['doctor'],
  audit: { none: 'the pages within write their own events' },
});

/** Around list, form and detail: gives the breadcrumb its 在籍証明書. */
export default function CertificateSection() {
  return <Outlet />;
}
