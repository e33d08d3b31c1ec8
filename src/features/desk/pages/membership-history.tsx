import { useLocation } from 'react-router';
import { formatDay, formatDayPlain } from '#kernel/wareki.ts';
import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { DateField } from '#ui/fields/DateField.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { PeriodBars } from '#ui/parts/PeriodBars.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import { Tabs } from '#ui/parts/Tabs.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { FilterPanel } from '#ui/table/FilterPanel.tsx';
import { FromTo } from '#ui/table/FromTo.tsx';
import { Count, ListBar, PageSize } from '#ui/table/ListBar.tsx';
import { parseSort, withParams } from '#ui/table/listUrl.ts';
import { Pager } from '#ui/table/Pager.tsx';
import { PrintButton } from '#ui/parts/PrintButton.tsx';
import { membershipHistory } from '../queries/membership-history.ts';
import type { Route } from './+types/membership-history.ts';

export const handle = definePage({
  id: 'D-12',
  title: '医師会入退会履歴',
  who: ['doctor'],
  audit: 'membership.historyViewed',
  crumb: '医師会入退会履歴',
  list: true,
});

export const meta = () => [{ title: '医師会入退会履歴 | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const { value, values, errors } = await askByAddress(membershipHistory, contextOf(context), request.url);
  return { history: value, values, errors };
}

type Line = Route.ComponentProps['loaderData']['history']['lines'][number];

function Result({ line }: { line: Line }) {
  if (line.correctedOn !== undefined) return <StateLabel tone="neutral">{`訂正 ${formatDayPlain(line.correctedOn)}`}</StateLabel>;
  return line.ahead ? <StateLabel tone="info">予定</StateLabel> : <StateLabel tone="success">承認</StateLabel>;
}

/** A corrected line stays readable and struck. */
function Text({ line, children }: { line: Line; children: string }) {
  if (line.correctedOn !== undefined) return <del>{children}</del>;
  return <span className={line.ahead ? 'text-solid-gray-700' : undefined}>{children}</span>;
}

const columns: readonly Column<Line>[] = [
  { key: 'facility', head: '所属施設名', cell: (line) => <Text line={line}>{line.facilityName === '' ? '－' : line.facilityName}</Text> },
  { key: 'association', head: '対象医師会', rowHeader: true, cell: (line) => <Text line={line}>{line.associationName}</Text> },
  {
    key: 'submitted',
    head: '申請日',
    nowrap: true,
    cell: (line) => (line.submittedOn === undefined ? '－' : formatDayPlain(line.submittedOn)),
  },
  { key: 'kind', head: '種別', nowrap: true, cell: (line) => <Text line={line}>{line.kind}</Text> },
  { key: 'on', head: '年月日', sort: 'on', nowrap: true, cell: (line) => <Text line={line}>{formatDay(line.on)}</Text> },
  { key: 'what', head: '申請', nowrap: true, cell: (line) => <Text line={line}>{line.what}</Text> },
  { key: 'result', head: '結果', nowrap: true, cell: (line) => <Result line={line} /> },
];

type Data = Route.ComponentProps['loaderData'];

function Filters({ values, errors }: Pick<Data, 'values' | 'errors'>) {
  return (
    <FormState errors={errors} values={values}>
      <FilterPanel keep={['view', 'size', 'sort']}>
        <FromTo>
          <DateField name="from" label="期間指定(開始)" hint="yyyy/mm/dd(半角入力)" plain />
          <DateField name="to" label="期間指定(終了)" hint="yyyy/mm/dd(半角入力)" plain />
        </FromTo>
      </FilterPanel>
    </FormState>
  );
}

const none = '医師会の入退会履歴はありません。';

function Lines({ history, empty }: { history: Data['history']; empty: string | undefined }) {
  return (
    <>
      <ListBar>
        <Count count={history.count} />
        <PageSize size={history.size} />
        <Pager page={history.page} pageCount={history.pageCount} label="ページ(上)" />
      </ListBar>
      <DataTable
        caption="加入履歴"
        columns={columns}
        rows={history.lines}
        rowKey={(line) => String(line.id)}
        sort={parseSort(history.sort)}
        empty={empty}
      />
      <ListBar>
        <Pager page={history.page} pageCount={history.pageCount} label="ページ(下)" />
      </ListBar>
    </>
  );
}

function Bars({ history, empty }: { history: Data['history']; empty: string | undefined }) {
  if (history.periods.length === 0) return <EmptyState>{empty}</EmptyState>;
  return <PeriodBars caption="医師会ごとの所属期間" periods={history.periods} today={history.today} />;
}

function Buttons({ search }: { search: string }) {
  return (
    <Actions>
      <LinkButton to="/my">マイページTOPへ戻る</LinkButton>
      <LinkButton to={`/my/membership-history/file.csv${search}`} reloadDocument>
        CSVダウンロード
      </LinkButton>
      <PrintButton>印刷する</PrintButton>
    </Actions>
  );
}

export default function MembershipHistory({ loaderData }: Route.ComponentProps) {
  const { history, values, errors } = loaderData;
  const { search } = useLocation();
  const filtered = ['from', 'to'].some((name) => (values[name] ?? '') !== '');
  const empty = filtered ? undefined : none;
  const to = (view: string | undefined) => withParams(search, { view, page: undefined });
  const tabs = [
    { label: '一覧で表示', to: to(undefined), current: history.view === 'list' },
    { label: '医師会ごとに表示', to: to('associations'), current: history.view === 'associations' },
  ];
  return (
    <>
      <h1>医師会入退会履歴</h1>
      <Filters values={values} errors={errors} />
      <h2>加入履歴</h2>
      <Tabs label="表示の切替え" tabs={tabs} />
      {history.view === 'list' ? <Lines history={history} empty={empty} /> : <Bars history={history} empty={empty} />}
      <p className="mt-6">2024年10月1日時点の最新の入会日より前の履歴は、登録されていない場合があります。</p>
      <Buttons search={withParams(search, { view: undefined, page: undefined, size: undefined, sort: undefined })} />
    </>
  );
}
