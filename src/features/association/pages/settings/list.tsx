import { formatInstant } from '#kernel/wareki.ts';
import { formatStart } from '#kernel/since-ever.ts';
import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { OfficeShortcuts } from '#ui/parts/OfficeShortcuts.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import type { Route } from './+types/list.ts';
import type { SettingsLine } from '../../queries/settings-history.ts';
import { settingsHistory } from '../../queries/settings-history.ts';
import { settingsNotice, versionAuthor, versionName, versionStateLabel } from '../../settings-labels.ts';
import { settingsTo, stateTone } from './version-parts.tsx';

export const handle = definePage({
  id: 'O-21',
  title: '環境設定',
  who: ['office'],
  audit: { none: 'settings of an association are no personal data' },
});

export const meta = () => [{ title: '環境設定 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  return { history: orThrow(await ask(settingsHistory, contextOf(context), {})) };
}

const columns: readonly Column<SettingsLine>[] = [
  { key: 'version', head: '版', rowHeader: true, nowrap: true, cell: (line) => versionName(line.version) },
  {
    key: 'startsOn',
    head: '適用開始日',
    nowrap: true,
    cell: (line) => formatStart(line.startsOn),
  },
  {
    key: 'state',
    head: '状態',
    nowrap: true,
    cell: (line) => <StateLabel tone={stateTone(line.state)}>{versionStateLabel(line.state)}</StateLabel>,
  },
  {
    key: 'by',
    head: '作成者',
    cell: (line) => (
      <>
        {versionAuthor(line.createdBy)}
        {line.createdBy === '' ? null : <span className="block">{formatInstant(line.recordedAt)}</span>}
      </>
    ),
  },
  {
    key: 'changes',
    head: '変更点',
    cell: (line) => (
      <>
        {line.changes.length === 0 ? '－' : line.changes.join('、')}
        {line.createdBy === '' ? null : <span className="block">{`理由:${line.reason}`}</span>}
      </>
    ),
  },
  { key: 'cases', head: '処理中の届', align: 'right', nowrap: true, cell: (line) => `${line.openCases.toLocaleString('ja-JP')}件` },
  {
    key: 'do',
    head: '操作',
    cell: (line) => (
      <span className="flex flex-wrap gap-2">
        <LinkButton size="small" to={settingsTo(line.version)} aria-label={`${versionName(line.version)}の内容を見る`}>
          内容を見る
        </LinkButton>
        {line.mayWithdraw ? (
          <LinkButton size="small" to={`${settingsTo(line.version)}/withdraw`} aria-label={`${versionName(line.version)}の予定を取り消す`}>
            予定を取り消す
          </LinkButton>
        ) : null}
      </span>
    ),
  },
];

/** 環境設定: all versions of the own association, newest first. */
export default function SettingsList({ loaderData }: Route.ComponentProps) {
  const { lines, mayPlan, openCases } = loaderData.history;
  return (
    <>
      <h1>環境設定</h1>
      <Notice title={settingsNotice}>
        <p>{`処理中の届は${openCases.toLocaleString('ja-JP')}件です。それぞれ、申請されたときの版の設定で処理されます。`}</p>
      </Notice>
      <div className="mb-6">
        {mayPlan ? (
          <Actions>
            <LinkButton variant="primary" to="/office/association-settings/new">
              新しい版を作成する
            </LinkButton>
          </Actions>
        ) : (
          <p>新しい版の作成は、管理者が行います。</p>
        )}
      </div>
      <DataTable
        caption="環境設定の版"
        columns={columns}
        rows={lines}
        rowKey={(line) => String(line.version)}
        rowTo={(line) => settingsTo(line.version)}
      />
      <OfficeShortcuts />
    </>
  );
}
