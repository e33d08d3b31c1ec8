import { data } from 'react-router';
import { definePage, everybody } from '#platform/http/page-access.ts';

export const handle = definePage({ id: '404', title: 'ページが見つかりません', who: everybody, audit: { none: 'shows nothing' } });

/** @throws 404, within the frame of the one who asks (`screens.md 1.6`) */
export function loader(): never {
  throw data({}, { status: 404 });
}

/** Makes it a page and not a resource; it is never shown. */
export default function NotFound(): null {
  return null;
}
