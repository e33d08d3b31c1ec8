import { Form, Link, useLocation } from 'react-router';
import { newId } from '#kernel/id.ts';
import type { FieldErrors } from '#kernel/refusal.ts';
import { formatInstant } from '#kernel/wareki.ts';
import { run } from '#platform/command/command.ts';
import { parseForm } from '#platform/http/form.ts';
import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { DateField } from '#ui/fields/DateField.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Button } from '#ui/parts/Button.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { PersonName } from '#ui/parts/PersonName.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { FilterPanel } from '#ui/table/FilterPanel.tsx';
import { FromTo } from '#ui/table/FromTo.tsx';
import { ListBar, PageSize } from '#ui/table/ListBar.tsx';
import { parseSort } from '#ui/table/listUrl.ts';
import { KeysetPager } from '#ui/table/Pager.tsx';
import { SelectionBar } from '#ui/table/selection.tsx';
import type { Route } from './+types/list.ts';
import { assignNotifications, markNotifications } from '../commands/handle.ts';
import { firstState } from '../flow.ts';
import { anyState, kindLabels, kinds, stateLabels, stateTones, texts } from '../labels.ts';
import type { NotificationLine, NotificationList } from '../queries/notifications.ts';
import { notificationList } from '../queries/notifications.ts';

export const handle = definePage({
  id: 'O-15',
  title: '会員関連通知',
  crumb: '会員関連通知',
  who: ['office'],
  audit: 'memberNotification.listed',
  list: true,
});

export const meta = () => [{ title: '会員関連通知 | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const { value, values, errors } = await askByAddress(notificationList, contextOf(context), request.url);
  return { list: value, values, errors, key: newId() };
}

const here = '/office/member-notifications';

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  const back = `${here}${new URL(request.url).search}`;
  if (form.input['action'] === 'assign') {
    const outcome = await run(assignNotifications, ctx, form.input, form.key);
    return outcome.ok ? redirectWithFlash(context, back, '担当を変更しました。') : refusalData(outcome, form.values);
  }
  const outcome = await run(markNotifications, ctx, form.input, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, back, `${outcome.value.moved}件を${form.input['action'] === 'read' ? '既読' : '対応済'}にしました。`);
}

function Member({ row }: { row: NotificationLine }) {
  if (row.name === null || row.personId === null) return '－';
  return (
    <Link className="inline-flex min-h-11 items-center" to={`/office/members/${row.personId}`}>
      <PersonName name={row.name} kana={row.kana ?? ''} />
    </Link>
  );
}

/** 内容: item by item where a change of 登録情報 has several. */
function What({ row }: { row: NotificationLine }) {
  if (row.lines.length === 0) return row.before === '' ? row.after : `${row.before} → ${row.after}`;
  return (
    <ul>
      {row.lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function Content({ row }: { row: NotificationLine }) {
  return (
    <>
      <What row={row} />
      {row.applicationId === null ? null : (
        <>
          {' '}
          <Link className="inline-flex min-h-11 items-center" to={`/office/applications/${row.applicationId}`}>
            届を見る<span className="sr-only">({row.name})</span>
          </Link>
        </>
      )}
    </>
  );
}

const columns: readonly Column<NotificationLine>[] = [
  { key: 'at', head: '日時', nowrap: true, sort: 'at', cell: (row) => formatInstant(row.at) },
  { key: 'kind', head: texts.kind, cell: (row) => row.kind },
  {
    key: 'member',
    head: texts.member,
    rowHeader: true,
    cell: (row) => <Member row={row} />,
  },
  { key: 'content', head: '内容', wide: true, cell: (row) => <Content row={row} /> },
  { key: 'source', head: '発生元', cell: (row) => row.source },
  {
    key: 'state',
    head: texts.state,
    nowrap: true,
    cell: (row) => <StateLabel tone={stateTones[row.state]}>{stateLabels[row.state]}</StateLabel>,
  },
  { key: 'assignee', head: texts.assignee, cell: (row) => row.assignee ?? '－' },
];

const stateOptions = [...Object.entries(stateLabels).map(([value, label]) => ({ value, label })), { value: anyState, label: 'すべて' }];

function Filters({ list, values, errors }: { list: NotificationList; values: FormValues; errors: FieldErrors | undefined }) {
  return (
    <FormState errors={errors} values={{ state: list.filter.state, ...values }}>
      <FilterPanel keep={['size', 'sort']}>
        <SelectField
          name="kind"
          label={texts.kind}
          placeholder="すべて"
          options={kinds.map((kind) => ({ value: kind, label: kindLabels[kind] }))}
        />
        <TextField name="member" label={texts.member} hint="氏名・フリガナの一部、または医籍登録番号" autoComplete="off" />
        <FromTo>
          <DateField name="from" label={texts.from} plain />
          <DateField name="to" label={texts.to} plain />
        </FromTo>
        <SelectField name="state" label={texts.state} placeholder={null} options={stateOptions} />
      </FilterPanel>
    </FormState>
  );
}

/** CSVダウンロード opens O-23 with the conditions of this list. */
function FileLink() {
  const { search } = useLocation();
  const conditions = new URLSearchParams(search);
  for (const name of ['before', 'after', 'size']) conditions.delete(name);
  const asked = new URLSearchParams({ list: 'memberNotifications', conditions: conditions.toString() });
  return (
    <Link className="inline-flex min-h-11 items-center" to={`/office/exports/new?${asked.toString()}`}>
      CSVダウンロード
    </Link>
  );
}

function Marking({ place }: { place: 'top' | 'bottom' }) {
  return (
    <SelectionBar place={place}>
      <Button size="small" name="action" value="read">
        既読にする
      </Button>
      <Button size="small" name="action" value="finish">
        対応済にする
      </Button>
    </SelectionBar>
  );
}

function Assigning({ list }: { list: NotificationList }) {
  return (
    <details>
      <summary className="min-h-11 cursor-pointer py-2">選択した通知の担当を変更する</summary>
      <SelectField
        name="staffId"
        label={texts.assignee}
        placeholder="未定"
        options={list.colleagues.map(({ staffId, name }) => ({ value: staffId, label: name }))}
      />
      <Button size="small" name="action" value="assign">
        担当を変更する
      </Button>
    </details>
  );
}

function isNarrowed({ filter }: NotificationList): boolean {
  const { kind, member, from, to, state } = filter;
  return kind !== undefined || member !== '' || from !== undefined || to !== undefined || state !== firstState;
}

function Rows({ list, guardKey }: { list: NotificationList; guardKey: string }) {
  const { search } = useLocation();
  return (
    <Form method="post" action={`${here}${search}`} key={guardKey}>
      <FormGuard idempotencyKey={guardKey} />
      <Marking place="top" />
      <DataTable
        caption="会員関連通知"
        columns={columns}
        rows={list.rows}
        rowKey={(row) => row.id}
        sort={parseSort(list.filter.sort)}
        select={{ name: 'id', labelOf: (row) => `${row.name ?? row.kind} ${formatInstant(row.at)}を選択` }}
      />
      <Assigning list={list} />
      <Marking place="bottom" />
    </Form>
  );
}

export default function MemberNotifications({ loaderData, actionData }: Route.ComponentProps) {
  const { list, key } = loaderData;
  const pager = (place: string) => <KeysetPager before={list.before} after={list.after} label={`ページ(${place})`} />;
  return (
    <>
      <h1>会員関連通知</h1>
      <p>貴会の会員について、ほかの医師会・ご本人・システムが変更したことのお知らせです。</p>
      <ErrorSummary refusal={actionData?.refusal} />
      <Filters list={list} values={loaderData.values} errors={loaderData.errors} />
      <ListBar>
        <p className="ui-count">{`総件数:${list.count.toLocaleString('ja-JP')}件${list.orMore ? '以上' : ''}`}</p>
        <PageSize size={list.filter.size} />
        <FileLink />
        {pager('上')}
      </ListBar>
      {list.rows.length === 0 ? (
        <EmptyState>{isNarrowed(list) ? undefined : '新しい通知はありません。'}</EmptyState>
      ) : (
        <Rows list={list} guardKey={key} />
      )}
      {list.rows.length === 0 ? null : <ListBar>{pager('下')}</ListBar>}
    </>
  );
}
