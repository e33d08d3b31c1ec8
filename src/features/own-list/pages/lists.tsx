import { Form } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, DefaultSubmit, LinkButton } from '#ui/parts/Button.tsx';
import { Tabs } from '#ui/parts/Tabs.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import type { Route } from './+types/lists.ts';
import { copyNoticeCategories } from '../commands/keep-notice-category.ts';
import { orderEntries } from '../commands/order.ts';
import { tabs, texts } from '../labels.ts';
import type { ListRows } from '../queries/lists.ts';
import { ownList } from '../queries/lists.ts';
import type { EntryState } from '../rules.ts';
import type { ListTab } from '../schema.ts';
import { tabInput } from '../schema.ts';
import { categoryColumns, fieldColumns, mailingColumns, noticeCategoryColumns, orderColumn } from './list-columns.tsx';

export const handle = definePage({
  id: 'O-20',
  title: '送付物・会員区分設定',
  who: ['office'],
  audit: 'ownList.order',
});

export const meta = () => [{ title: '送付物・会員区分設定 | MAMIS' }];

const home = '/office/mailings-and-categories';
const addressOf = (tab: ListTab) => (tab === 'mailings' ? home : `${home}?tab=${tab}`);
const wanted = (request: Request) => tabInput.parse(new URL(request.url).searchParams.get('tab') ?? undefined);

export async function loader({ context, request }: Route.LoaderArgs) {
  return { view: orThrow(await ask(ownList, contextOf(context), { tab: wanted(request) })), key: newId() };
}

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  if (form.intent === 'copy') {
    const copied = await run(copyNoticeCategories, ctx, {}, form.key);
    return copied.ok ? redirectWithFlash(context, addressOf('notice-categories'), texts.copied) : refusalData(copied, form.values);
  }
  const tab = wanted(request);
  const outcome = await run(orderEntries, ctx, { ...form.input, tab }, form.key);
  return outcome.ok ? redirectWithFlash(context, addressOf(tab), texts.sorted) : refusalData(outcome, form.values);
}

type Line = { id: number; name: string; state: EntryState };
type TableProps<Row> = { tab: ListTab; label: string; columns: readonly Column<Row>[]; rows: readonly Row[]; mayKeep: boolean };

function Table<Row extends Line>({ tab, label, columns, rows, mayKeep }: TableProps<Row>) {
  const sortable = mayKeep && rows.length > 1;
  return (
    <DataTable
      caption={label}
      columns={sortable ? [...columns, orderColumn(rows)] : columns}
      rows={rows}
      rowKey={(row) => String(row.id)}
      rowTo={mayKeep ? (row) => `${home}/${tab}/${row.id}` : undefined}
      empty={`${label}はまだ登録されていません。`}
    />
  );
}

function ListTable({ list, label, mayKeep }: { list: ListRows; label: string; mayKeep: boolean }) {
  const common = { label, mayKeep };
  if (list.tab === 'mailings') return <Table {...common} tab={list.tab} columns={mailingColumns} rows={list.rows} />;
  if (list.tab === 'member-categories') return <Table {...common} tab={list.tab} columns={categoryColumns} rows={list.rows} />;
  if (list.tab === 'notice-categories') return <Table {...common} tab={list.tab} columns={noticeCategoryColumns} rows={list.rows} />;
  return <Table {...common} tab={list.tab} columns={fieldColumns} rows={list.rows} />;
}

const notes: Readonly<Record<ListTab, string>> = {
  mailings: '会員に送るものの種類です。会員は、マイページの「送付物設定」で送付先を選びます。',
  'member-categories': '貴会の会員区分です。会員の履歴に残るため、コードと名称は登録した後に変更できません。',
  'notice-categories': 'お知らせを作成するときに選ぶカテゴリです。',
  fields: '会員について貴会が独自に記録する項目です(20個まで)。会員情報詳細の「独自項目」で入力します。',
};

/** While an association has no category of its own, the common ones are offered. */
function CommonCategories({ list, idempotencyKey, mayKeep }: { list: ListRows; idempotencyKey: string; mayKeep: boolean }) {
  if (list.tab !== 'notice-categories' || list.rows.some((row) => row.state === 'current')) return null;
  return (
    <div className="mb-6">
      <p>{`現在は、共通のカテゴリ(${list.common.join('、')})を使用しています。貴会のカテゴリを登録すると、共通のカテゴリは選べなくなります。`}</p>
      {mayKeep ? (
        <Form method="post">
          <FormGuard idempotencyKey={idempotencyKey} />
          <Actions>
            <Button name="intent" value="copy">
              共通のカテゴリを写して始める
            </Button>
          </Actions>
        </Form>
      ) : null}
    </div>
  );
}

/** O-20: what an association defines for itself, in four lists. */
export default function OwnLists({ loaderData, actionData }: Route.ComponentProps) {
  const { view, key } = loaderData;
  const { list, mayKeep } = view;
  const label = tabs.find(({ tab }) => tab === list.tab)?.label ?? '';
  return (
    <>
      <h1>送付物・会員区分設定</h1>
      <Tabs
        label="設定の区分"
        tabs={tabs.map(({ tab, label: word }) => ({ label: word, to: addressOf(tab), current: tab === list.tab }))}
      />
      <ErrorSummary refusal={actionData?.refusal} />
      <p>{notes[list.tab]}</p>
      {mayKeep ? (
        <div className="mb-6">
          <Actions>
            <LinkButton variant="primary" to={`${home}/${list.tab}/new`}>
              新規登録
            </LinkButton>
          </Actions>
        </div>
      ) : (
        <p>変更できるのは管理者です。</p>
      )}
      <CommonCategories list={list} idempotencyKey={`${key}-copy`} mayKeep={mayKeep} />
      {mayKeep && list.rows.length > 1 ? (
        <Form method="post" key={list.tab} data-unsaved="address">
          <DefaultSubmit value="order" />
          <FormGuard idempotencyKey={key} />
          <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
            <ListTable list={list} label={label} mayKeep />
          </FormState>
          <Actions>
            <Button name="intent" value="order">
              並べ替える
            </Button>
          </Actions>
        </Form>
      ) : (
        <ListTable list={list} label={label} mayKeep={mayKeep} />
      )}
    </>
  );
}
