import { Link } from 'react-router';

export type Tab = { label: string; to: string; current: boolean; count?: number | undefined };

/** Views of one list or record; each is a page with its own address. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav className="ui-tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link key={tab.to} to={tab.to} aria-current={tab.current ? 'page' : undefined}>
          {tab.label}
          {tab.count === undefined ? null : <span>{`${tab.count.toLocaleString('ja-JP')}件`}</span>}
        </Link>
      ))}
    </nav>
  );
}
