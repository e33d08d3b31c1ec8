import { Outlet } from 'react-router';
import { definePage, everybody } from '#platform/http/page-access.ts';

export const handle = definePage({
  id: 'A-16-help',
  title: 'よくある質問・操作の手引き',
  crumb: 'よくある質問',
  who: everybody,
  audit: { none: 'texts for everybody' },
});

/** Around よくある質問 and the pages of the manual. */
export default function HelpSection() {
  return <Outlet />;
}
