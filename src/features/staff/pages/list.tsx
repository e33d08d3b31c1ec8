import { Form, Link, useLocation } from 'react-router';
import type { FieldErrors } from '#kernel/refusal.ts';
import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import type { FormValues } from '#ui/fields/formState.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { PersonName } from '#ui/parts/PersonName.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { FilterPanel } from '#ui/table/FilterPanel.tsx';
import { Count, ListBar, PageSize } from '#ui/table/ListBar.tsx';
import { KeysetPager } from '#ui/table/Pager.tsx';
import type { Route } from './+types/list.ts';
import { isInUse } from '../flow.ts';
import { roleLabel, roleOptions, stateLabel } from '../labels.ts';
import type { StaffList } from '../queries/staff-list.ts';
import { staffList } from '../queries/staff-list.ts';

export const handle = definePage({
  id: 'O-17',
  title: '事務局ユーザー一覧',
  who: ['office'],
  roles: ['admin'],
  audit: 'staff.listed',
  list: true,
});

export const meta = () => [{ title: '事務局ユーザー一覧 | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const { value, values, errors } = await askByAddress(staffList, ctx, request.url);
  return { list: value, values, errors, now: ctx.now.getTime() };
}

type Row = StaffList['rows'][number];

const nameOf = (row: Row) => `${row.surname} ${row.givenName}`;

/** 使用状態, and how far an invitation has come. */
function StateOf({ row, now }: { row: Row; now: number }) {
  if (row.state !== undefined) return <StateLabel tone={isInUse(row.state) ? 'success' : 'neutral'}>{stateLabel(row.state)}</StateLabel>;
  if (row.expiresAt === null) return <StateLabel tone="progress">招待中(送信準備中)</StateLabel>;
  return row.expiresAt.getTime() > now ? (
    <StateLabel tone="progress">招待中</StateLabel>
  ) : (
    <StateLabel tone="warn">招待の期限切れ</StateLabel>
  );
}

/** 外部委託先:研修会運営 breaks after its colon and nowhere else. */
function RoleWords({ role }: { role: Row['role'] }) {
  return roleLabel(role)
    .split(/(?<=:)/)
    .map((part) => (
      <span key={part} className="inline-block whitespace-nowrap">
        {part}
      </span>
    ));
}

function columnsAt(now: number): readonly Column<Row>[] {
  return [
    {
      key: 'name',
      head: '氏名',
      rowHeader: true,
      cell: (row) => <PersonName name={nameOf(row)} kana={`${row.surnameKana} ${row.givenNameKana}`} />,
    },
    { key: 'loginId', head: 'ログインID', cell: (row) => row.loginId || '－' },
    { key: 'mail', head: 'メールアドレス', cell: (row) => row.mail || '－' },
    { key: 'role', head: '権限', cell: (row) => <RoleWords role={row.role} /> },
    { key: 'state', head: '使用状態', cell: (row) => <StateOf row={row} now={now} /> },
    {
      key: 'factor',
      head: '2段階認証',
      nowrap: true,
      cell: (row) => (row.state === undefined ? '－' : row.factor ? '設定済み' : '未設定'),
    },
    { key: 'until', head: '有効期間', nowrap: true, cell: (row) => formatDayPlain(row.validUntil) },
    {
      key: 'last',
      head: '最終ログイン',
      nowrap: true,
      cell: (row) => (row.lastLoginAt === null ? '－' : formatInstant(row.lastLoginAt)),
    },
    {
      key: 'trail',
      head: '操作履歴',
      nowrap: true,
      cell: (row) =>
        row.accountId === null ? (
          '－'
        ) : (
          <Link to={`/office/audit-events?user=${row.accountId}`}>
            操作履歴<span className="sr-only">({nameOf(row)})</span>
          </Link>
        ),
    },
  ];
}

function Filters({ list, values, errors }: { list: StaffList; values: FormValues; errors: FieldErrors | undefined }) {
  return (
    <FormState errors={errors} values={values}>
      <FilterPanel keep={['size']}>
        <TextField name="name" label="氏名" hint="入力してください" autoComplete="off" />
        <TextField name="loginId" label="ログインID" width="medium" autoComplete="off" spellCheck={false} />
        <TextField name="mail" label="メールアドレス" hint="example@mail.com" inputMode="email" autoComplete="off" />
        <SelectField name="role" label="権限" placeholder="選択してください" options={roleOptions} defaultValue={list.filter.role ?? ''} />
      </FilterPanel>
    </FormState>
  );
}

/** CSVダウンロード opens O-23 with the conditions of this list. */
function FileLink() {
  const { search } = useLocation();
  const conditions = new URLSearchParams(search);
  for (const name of ['before', 'after', 'size']) conditions.delete(name);
  const asked = new URLSearchParams({ list: 'staffMembers', conditions: conditions.toString() });
  return (
    <Link className="inline-flex min-h-11 items-center" to={`/office/exports/new?${asked.toString()}`}>
      CSVダウンロード
    </Link>
  );
}

/** The banner of the last 管理者 (O-17). */
function LastAdmin({ warning }: { warning: StaffList['warning'] }) {
  if (warning === undefined) return null;
  return (
    <Notice tone="warn" title={`管理者は${warning.name} 様の1名だけで、有効期間は${formatDayPlain(warning.until)}までです。`}>
      有効期間を延長するか、後任の管理者を登録してください。
    </Notice>
  );
}

export default function StaffMembers({ loaderData }: Route.ComponentProps) {
  const { list } = loaderData;
  const pager = (place: string) => <KeysetPager before={list.before} after={list.after} label={`ページ(${place})`} />;
  return (
    <>
      <h1>事務局ユーザー一覧</h1>
      <LastAdmin warning={list.warning} />
      <Filters list={list} values={loaderData.values} errors={loaderData.errors} />
      <Actions>
        <LinkButton to="/office/staff-members/new">新規登録</LinkButton>
      </Actions>
      <ListBar>
        <Count count={list.count} />
        <PageSize size={list.filter.size} />
        <FileLink />
        {pager('上')}
      </ListBar>
      <Form method="get" action="/office/staff-members/delete">
        <DataTable
          caption="事務局ユーザー一覧"
          columns={columnsAt(loaderData.now)}
          rows={list.rows}
          rowKey={(row) => row.id}
          rowTo={(row) => `/office/staff-members/${row.id}`}
          select={{ name: 'id', labelOf: (row) => `${nameOf(row)}を選択` }}
        />
        <ListBar>{pager('下')}</ListBar>
        <Actions>
          {list.rows.length === 0 ? null : <Button variant="danger">選択したユーザーを削除</Button>}
          <LinkButton to="/office">TOPに戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
