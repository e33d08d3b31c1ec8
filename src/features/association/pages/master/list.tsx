import { Form, Link, useLocation } from 'react-router';
import { newId } from '#kernel/id.ts';
import { formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { run } from '#platform/command/command.ts';
import { parseForm } from '#platform/http/form.ts';
import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { DateField } from '#ui/fields/DateField.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Card, Section } from '#ui/parts/Card.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import { Tabs } from '#ui/parts/Tabs.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { FilterPanel } from '#ui/table/FilterPanel.tsx';
import { ListBar, PageSize } from '#ui/table/ListBar.tsx';
import { parseSort, withParams } from '#ui/table/listUrl.ts';
import { KeysetPager } from '#ui/table/Pager.tsx';
import type { Route } from './+types/list.ts';
import { answerRequest } from '../../commands/answer-request.ts';
import {
  associationStateLabels,
  certaintyText,
  checkedLabels,
  isAssociationKind,
  kindLabels,
  masterNames as names,
} from '../../master-fields.ts';
import type { ListedAssociation, MasterList } from '../../queries/master.ts';
import { masterList } from '../../queries/master.ts';
import { masterTree } from '../../queries/master-tree.ts';
import { bulkPage } from './bulk-parts.tsx';
import { Tree } from './tree.tsx';

export const handle = definePage({
  id: 'J-02',
  title: '医師会マスタ',
  who: ['office'],
  layers: [1],
  audit: 'association.answerRequest',
  list: true,
});

export const meta = () => [{ title: '医師会マスタ | MAMIS' }];

const here = '/jma/associations';

export async function loader({ context, request }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const { value, values, errors } = await askByAddress(masterList, ctx, request.url);
  const tree = value.filter.view === undefined ? undefined : (await askByAddress(masterTree, ctx, request.url)).value;
  return { list: value, tree, values, errors, keys: Object.fromEntries(value.requests.map((one) => [one.id, newId()])) };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(answerRequest, contextOf(context), form.input, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  const accepted = form.input['decision'] === 'accept';
  return redirectWithFlash(context, here, accepted ? '改称を入力しました。別の担当者が予約してください。' : '申出を却下しました。');
}

const columns: readonly Column<ListedAssociation>[] = [
  { key: 'code', head: 'コード', sort: 'code', nowrap: true, cell: (row) => row.code },
  { key: 'name', head: names.name, rowHeader: true, cell: (row) => row.name },
  { key: 'kana', head: names.kana, cell: (row) => row.kana },
  { key: 'layer', head: names.layer, nowrap: true, cell: (row) => `${row.layer}層` },
  { key: 'parent', head: names.parent, cell: (row) => row.parent ?? '－' },
  { key: 'kind', head: names.kind, nowrap: true, cell: (row) => (isAssociationKind(row.kind) ? kindLabels[row.kind] : row.kind) },
  { key: 'prefecture', head: names.prefecture, nowrap: true, cell: (row) => row.prefecture ?? '－' },
  { key: 'members', head: '会員数', nowrap: true, align: 'right', cell: (row) => `${row.members.toLocaleString('ja-JP')}名` },
  { key: 'admins', head: '管理者数', nowrap: true, align: 'right', cell: (row) => `${row.admins}名` },
  {
    key: 'state',
    head: '状態',
    nowrap: true,
    cell: (row) => (
      <StateLabel tone={row.state === 'active' ? 'success' : row.state === 'planned' ? 'progress' : 'neutral'}>
        {associationStateLabels[row.state]}
      </StateLabel>
    ),
  },
  { key: 'certainty', head: '確認', nowrap: true, cell: (row) => certaintyText(row.certainty) },
];

const layerOptions = [1, 2, 3, 4].map((layer) => ({ value: String(layer), label: `${layer}層` }));

function Requests({ list, keys }: { list: MasterList; keys: Readonly<Record<string, string>> }) {
  if (list.requests.length === 0) return null;
  return (
    <Section title="名称の変更の申出">
      {list.requests.map((one) => (
        <Card key={one.id} level={3} title={`${one.present}(${one.code})`}>
          <p>{`新しい名称:${one.name}(${one.kana})`}</p>
          <p>{`${names.startsOn}:${formatDayPlain(one.startsOn)} / ${names.reason}:${one.reason}`}</p>
          {list.mayKeep ? (
            <Form method="post">
              <FormGuard idempotencyKey={keys[one.id] ?? ''} />
              <input type="hidden" name="id" value={one.id} />
              <TextField
                name="answer"
                label={`${names.answer}(${one.present})`}
                hint="却下するときは必須。200文字以内"
                autoComplete="off"
              />
              <Actions>
                <Button size="small" name="decision" value="accept">
                  改称として受け入れる
                </Button>
                <Button size="small" variant="danger" name="decision" value="decline">
                  却下する
                </Button>
              </Actions>
            </Form>
          ) : null}
        </Card>
      ))}
    </Section>
  );
}

const optionsOf = (labels: Readonly<Record<string, string>>) => Object.entries(labels).map(([value, label]) => ({ value, label }));

function Filters({ list, tree }: { list: MasterList; tree: boolean }) {
  const { kind, prefecture, state, checked } = list.filter;
  const set = [kind, prefecture, state, checked].filter((one) => one !== undefined).length;
  const more = (
    <>
      <SelectField name="kind" label={names.kind} placeholder="すべて" options={optionsOf(kindLabels)} />
      <SelectField name="prefecture" label={names.prefecture} placeholder="すべて" options={list.prefectures} />
      <SelectField name="state" label={names.state} placeholder="すべて" options={optionsOf(associationStateLabels)} />
      <SelectField name="checked" label={names.certainty} placeholder="すべて" options={optionsOf(checkedLabels)} />
    </>
  );
  return (
    <FilterPanel keep={tree ? ['view'] : ['size', 'sort']} more={more} moreSet={set}>
      <TextField name="q" label={names.search} autoComplete="off" />
      <SelectField name="layer" label={names.layer} placeholder="すべて" options={layerOptions} />
      <DateField name="on" label={names.on} plain />
    </FilterPanel>
  );
}

function Batches({ list }: { list: MasterList }) {
  if (list.batches.length === 0) return null;
  return (
    <Notice title="別の担当者の確認を待っている一括更新があります。">
      <ul>
        {list.batches.map((one) => (
          <li key={one.id}>
            <Link to={`${bulkPage}/${one.id}`}>{`${formatInstant(one.proposedAt)} ${one.rows}件(${one.proposedName})`}</Link>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** What the file takes over from the list: all conditions but the day, for a file speaks of today. */
function sheetHref(search: string): string {
  const other = Object.fromEntries(['on', 'sort', 'view', 'size', 'before', 'after'].map((name) => [name, undefined]));
  return `${here}/associations.csv${withParams(search, other)}`;
}

function Deeds({ mayKeep }: { mayKeep: boolean }) {
  const { search } = useLocation();
  return (
    <Actions>
      {mayKeep ? <LinkButton to={`${here}/new`}>新規登録</LinkButton> : null}
      <a className="ui-button" href={sheetHref(search)} download>
        CSVダウンロード
      </a>
      {mayKeep ? <LinkButton to={bulkPage}>CSVで一括更新</LinkButton> : null}
    </Actions>
  );
}

function Table({ list }: { list: MasterList }) {
  const pager = (place: string) => <KeysetPager before={list.before} after={list.after} label={`ページ(${place})`} />;
  return (
    <>
      <ListBar>
        <p>{`${formatDayPlain(list.on)}の状態です。`}</p>
        <PageSize size={list.filter.size} />
        {pager('上')}
      </ListBar>
      <DataTable
        caption="医師会マスタ"
        columns={columns}
        rows={list.rows}
        rowKey={(row) => row.code}
        rowTo={(row) => `${here}/${row.code}`}
        sort={parseSort(list.filter.sort ?? 'code')}
        empty="該当する医師会はありません。"
      />
      <ListBar>{pager('下')}</ListBar>
    </>
  );
}

export default function AssociationMaster({ loaderData, actionData }: Route.ComponentProps) {
  const { list, tree, values, errors, keys } = loaderData;
  const { search } = useLocation();
  const views = [
    { label: '表', to: withParams(search, { view: undefined }), current: tree === undefined },
    { label: '階層', to: withParams(search, { view: 'tree', before: undefined, after: undefined }), current: tree !== undefined },
  ];
  return (
    <>
      <h1>医師会マスタ</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <Batches list={list} />
      <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
        <Requests list={list} keys={keys} />
      </FormState>
      <FormState errors={errors} values={values}>
        <Filters list={list} tree={tree !== undefined} />
      </FormState>
      <div className="mb-4">
        <Deeds mayKeep={list.mayKeep} />
      </div>
      <Tabs label="表示の形" tabs={views} />
      {tree === undefined ? (
        <Table list={list} />
      ) : (
        <>
          <p>{`${formatDayPlain(list.on)}の状態です。該当する医師会 ${tree.count.toLocaleString('ja-JP')}件`}</p>
          <Tree tree={tree} />
        </>
      )}
    </>
  );
}
