import { Tabs } from '#ui/parts/Tabs.tsx';
import { withParams } from '#ui/table/listUrl.ts';
import type { InboxTab } from '../../queries/inbox-filter.ts';

const tabs: readonly { tab: InboxTab; label: string }[] = [
  { tab: 'todo', label: '要対応' },
  { tab: 'elsewhere', label: '他医師会で処理中' },
  { tab: 'returned', label: '差戻し中' },
  { tab: 'ahead', label: '効力発生日待ち' },
  { tab: 'done', label: '完了' },
  { tab: 'all', label: 'すべて' },
];

const list = '/office/applications';

/** Another tab keeps the conditions but begins at its own order and first page. */
function tabTo(search: string, tab: InboxTab): string {
  return `${list}${withParams(search, { tab: tab === 'todo' ? undefined : tab, sort: undefined, after: undefined, before: undefined })}`;
}

type Props = {
  current: InboxTab | 'certificates';
  /** Of the current tab. */
  count?: number | undefined;
  /** Conditions of the list, to be kept. */
  search?: string;
};

/** The tabs of 申請管理; 在籍証明書 have a list of their own (`screens.md O-03`). */
export function InboxTabs({ current, count, search = '' }: Props) {
  return (
    <Tabs
      label="申請の区分"
      tabs={[
        ...tabs.map(({ tab, label }) => ({
          label,
          to: tabTo(search, tab),
          current: tab === current,
          ...(tab === current ? { count } : {}),
        })),
        { label: '在籍証明書', to: `${list}/certificates`, current: current === 'certificates' },
      ]}
    />
  );
}
