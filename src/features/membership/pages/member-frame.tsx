import type { ReactNode } from 'react';
import { formatDayPlain } from '#kernel/wareki.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { Tabs } from '#ui/parts/Tabs.tsx';
import type { MemberHead } from '../queries/member-head.ts';

/** The tabs of 会員情報詳細 (`screens.md O-08`); each is a page with its own address. */
const tabs = [
  { tab: 'profile', label: '基本情報', path: '' },
  { tab: 'memberships', label: '所属・会員区分', path: '?tab=memberships' },
  { tab: 'history', label: '入退会履歴', path: '?tab=history' },
  { tab: 'cases', label: '申請', path: '/cases' },
  { tab: 'mailings', label: '送付物', path: '/mailings' },
  { tab: 'certificates', label: '証明書', path: '/membership-certificates' },
  { tab: 'fields', label: '独自項目', path: '/own-fields' },
  { tab: 'memo', label: '事務局メモ', path: '/memo' },
  { tab: 'accesses', label: '操作履歴', path: '/accesses' },
] as const;

export type MemberTab = (typeof tabs)[number]['tab'];

type Props = {
  head: MemberHead;
  current: MemberTab /** The day asked for goes along with the tabs of the same page. */;
  asOf?: string;
  children: ReactNode;
};

function tabTo(base: string, path: string, asOf: string | undefined): string {
  if (asOf === undefined || path.startsWith('/')) return `${base}${path}`;
  return `${base}${path}${path === '' ? '?' : '&'}${new URLSearchParams({ asOf }).toString()}`;
}

/** Name and tabs around everything that an office sees of one member. */
export function MemberFrame({ head, current, asOf, children }: Props) {
  const base = `/office/members/${head.personId}`;
  return (
    <>
      <h1>
        <span className="ui-name-kana text-base font-normal">{head.kana}</span>
        {head.name}
        {head.diedOn === null ? null : `(${formatDayPlain(head.diedOn)}逝去)`}
      </h1>
      <Tabs
        label="会員情報の区分"
        tabs={tabs.map(({ tab, label, path }) => ({ label, to: tabTo(base, path, asOf), current: tab === current }))}
      />
      {children}
      <Actions>
        <LinkButton to="/office/members" variant="text">
          会員一覧に戻る
        </LinkButton>
      </Actions>
    </>
  );
}
