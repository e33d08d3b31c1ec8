import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { DateField } from '#ui/fields/DateField.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { FilterPanel } from '#ui/table/FilterPanel.tsx';
import { FromTo } from '#ui/table/FromTo.tsx';
import { Count, ListBar, PageSize } from '#ui/table/ListBar.tsx';
import { KeysetPager } from '#ui/table/Pager.tsx';
import type { Route } from './+types/access-log.ts';
import type { AccessLine, Viewer } from '../queries/access-log.ts';
import { accessLog } from '../queries/access-log.ts';

export const handle = definePage({
  id: 'D-14',
  title: '閲覧履歴',
  crumb: '閲覧履歴',
  who: ['doctor'],
  audit: 'audit.accessLogViewed',
  list: true,
});

export const meta = () => [{ title: '閲覧履歴 | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const { value, values, errors } = await askByAddress(accessLog, contextOf(context), request.url);
  return { log: value, values, errors };
}

const viewerColumns: readonly Column<Viewer>[] = [
  { key: 'name', head: '医師会・施設', rowHeader: true, cell: (row) => row.name },
  { key: 'why', head: '理由', cell: (row) => row.why },
  { key: 'scope', head: '範囲', cell: () => '登録情報、その医師会に関わる届と入退会履歴' },
];

const columns: readonly Column<AccessLine>[] = [
  { key: 'at', head: '日時', nowrap: true, rowHeader: true, cell: (row) => formatInstant(row.at) },
  { key: 'office', head: '医師会・施設', cell: (row) => row.office },
  { key: 'operation', head: '操作', nowrap: true, cell: (row) => row.operation },
  { key: 'purpose', head: '目的', cell: (row) => row.purpose || '－' },
  { key: 'ground', head: '根拠', cell: (row) => row.ground || '－' },
];

/** D-14: who may see me, and who has. */
export default function AccessLogPage({ loaderData: { log, values, errors } }: Route.ComponentProps) {
  const pager = (place: string) => <KeysetPager before={log.before} after={log.after} label={`ページ(${place})`} />;
  return (
    <>
      <h1>閲覧履歴</h1>
      <p>あなたの登録情報を閲覧・変更した医師会等の記録です。</p>
      <Section title="現在閲覧できる医師会・施設">
        <DataTable
          caption="現在閲覧できる医師会・施設"
          columns={viewerColumns}
          rows={log.viewers}
          rowKey={(row) => row.key}
          empty="現在、あなたの登録情報を閲覧できる医師会・施設はありません。"
        />
      </Section>
      <Section title="閲覧・変更の記録">
        <FormState errors={errors} values={values}>
          <FilterPanel keep={['size']}>
            <FromTo>
              <DateField name="from" label="期間(開始)" plain />
              <DateField name="to" label="期間(終了)" plain />
            </FromTo>
          </FilterPanel>
        </FormState>
        <ListBar>
          <Count count={log.count} />
          <span>{`${formatDayPlain(log.from)}から${formatDayPlain(log.to)}まで`}</span>
          <PageSize size={log.size} />
          {pager('上')}
        </ListBar>
        <DataTable
          caption="閲覧・変更の記録"
          columns={columns}
          rows={log.rows}
          rowKey={(row) => row.id}
          empty="この期間の記録はありません。"
        />
        <ListBar>{pager('下')}</ListBar>
        <Actions>
          <LinkButton to="/my/inquiries/new?kind=memberInfo&about=access">問い合わせる</LinkButton>
        </Actions>
      </Section>
    </>
  );
}
