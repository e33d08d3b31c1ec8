import { Link } from 'react-router';
import { formatInstant } from '#kernel/wareki.ts';
import { Section } from '#ui/parts/Card.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import type { OfficeTop } from '../queries/office-top.ts';

type Props = Pick<OfficeTop, 'news' | 'settingsToday' | 'admin'>;

function SettingsToday({ version, admin }: { version: number; admin: boolean }) {
  const text = `本日から環境設定の第${version}版が適用されています。`;
  return <li>{admin ? <Link to={`/office/association-settings/${version}`}>{text}</Link> : text}</li>;
}

/** 新着情報: dated lines, newest first (`screens.md O-01`); above them the settings that begin today. */
export function News({ news, settingsToday, admin }: Props) {
  return (
    <Section title="新着情報">
      {news.length === 0 && settingsToday === undefined ? (
        <EmptyState>新着情報はありません。</EmptyState>
      ) : (
        <ul className="grid gap-3">
          {settingsToday === undefined ? null : <SettingsToday version={settingsToday} admin={admin} />}
          {news.map((one) => (
            <li key={one.id}>
              <span className="mr-4 whitespace-nowrap">{formatInstant(one.at)}</span>
              {one.personId === null || one.name === null ? (
                one.text
              ) : (
                <>
                  {`${one.kind} `}
                  <Link to={`/office/members/${one.personId}`}>{`${one.name} 様`}</Link>
                  {` ${one.text}`}
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      <p>
        <Link className="inline-flex min-h-11 items-center" to="/office/member-notifications">
          もっと見る
        </Link>
      </p>
    </Section>
  );
}
