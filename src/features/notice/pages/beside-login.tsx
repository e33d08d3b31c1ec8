import { Link } from 'react-router';
import { formatDayPlain } from '#kernel/wareki.ts';
import { ask } from '#platform/command/query.ts';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { Card } from '#ui/parts/Card.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import type { Route } from './+types/beside-login.ts';
import { noticeTexts as texts } from '../messages.ts';
import { publicNotices } from '../queries/reader-notices.ts';

export const handle = definePage({
  id: 'A-01',
  title: '会員・事務局 ログイン',
  who: everybody,
  audit: { none: 'public words without personal data' },
  // It lies within the login page and has its limits.
  limits: { bodyBytes: 8 * 1024, perMinute: 240 },
});

/** The login must work while this list cannot be had. */
export async function loader({ context }: Route.LoaderArgs) {
  const found = await ask(publicNotices, contextOf(context), {});
  return { rows: found.ok ? found.value : [] };
}

/** The right column of A-01: the three newest public notices. */
export default function BesideLogin({ loaderData }: Route.ComponentProps) {
  return (
    <Card title="お知らせ">
      {loaderData.rows.length === 0 ? (
        <EmptyState>{texts.none}</EmptyState>
      ) : (
        <ul className="ui-news ui-links">
          {loaderData.rows.map((row) => (
            <li key={row.id}>
              <span className="block">{`${formatDayPlain(row.startsOn)} ${row.category}`}</span>
              <Link to={`/public-notices/${row.id}`}>{row.title}</Link>
              <span className="block">{row.association}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
