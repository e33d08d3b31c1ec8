import { Link, useLocation } from 'react-router';
import type { FieldErrors } from '#kernel/refusal.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { DateField } from '#ui/fields/DateField.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { FilterPanel } from '#ui/table/FilterPanel.tsx';
import { FromTo } from '#ui/table/FromTo.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { ListBar, PageSize } from '#ui/table/ListBar.tsx';
import { parseSort } from '#ui/table/listUrl.ts';
import { KeysetPager } from '#ui/table/Pager.tsx';
import type { Route } from './+types/trail.ts';
import { categoryLabels, filterCategories } from '../act-labels.ts';
import { mostCounted, mostPeople } from '../labels.ts';
import type { Trail } from '../queries/trail.ts';
import { trail } from '../queries/trail.ts';
import { CheckLine } from './check-line.tsx';
import { contentBelow, trailTableColumns } from './trail-columns.tsx';

export const handle = definePage({ id: 'O-18', title: '操作履歴', crumb: '操作履歴', who: ['office'], audit: 'audit.listed', list: true });

export const meta = () => [{ title: '操作履歴 | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const { value, values, errors } = await askByAddress(trail, contextOf(context), request.url);
  return { found: value, values, errors };
}

const categories = filterCategories.map((value) => ({ value, label: categoryLabels[value] }));

function Filters({ found, values, errors }: { found: Trail; values: FormValues; errors: FieldErrors | undefined }) {
  return (
    <FormState errors={errors} values={values}>
      <FilterPanel keep={['size', 'sort']}>
        {found.users.length === 0 ? null : (
          <SelectField name="user" label="ユーザー" placeholder="すべて" options={found.users} defaultValue={found.filter.user} />
        )}
        <SelectField name="category" label="操作" placeholder="すべて" options={categories} defaultValue={found.filter.category ?? ''} />
        <FromTo>
          <DateField name="from" label="期間(開始)" plain />
          <DateField name="to" label="期間(終了)" plain />
        </FromTo>
        <TextField name="person" label="対象者" hint="医籍登録番号、または氏名・フリガナの先頭" autoComplete="off" />
      </FilterPanel>
    </FormState>
  );
}

const columns = trailTableColumns.map((column) => (column.key === 'at' ? { ...column, sort: 'at' } : column));

/** CSVダウンロード opens O-23 with the conditions of this list. */
function FileLink() {
  const { search } = useLocation();
  const conditions = new URLSearchParams(search);
  for (const name of ['before', 'after', 'size']) conditions.delete(name);
  const asked = new URLSearchParams({ list: 'auditEvents', conditions: conditions.toString() });
  return (
    <Link className="inline-flex min-h-11 items-center" to={`/office/exports/new?${asked.toString()}`}>
      CSVダウンロード
    </Link>
  );
}

const countText = (count: number) =>
  count > mostCounted ? `総件数:${mostCounted.toLocaleString('ja-JP')}件以上` : `総件数:${count.toLocaleString('ja-JP')}件`;

export default function AuditTrail({ loaderData }: Route.ComponentProps) {
  const { found } = loaderData;
  const pager = (place: string) => <KeysetPager before={found.before} after={found.after} label={`ページ(${place})`} />;
  return (
    <>
      <h1>操作履歴</h1>
      <CheckLine check={found.check} />
      <Filters found={found} values={loaderData.values} errors={loaderData.errors} />
      {found.tooMany ? (
        <Notice
          tone="warn"
          title={`対象者に当てはまる医師が${mostPeople}名を超えるため、表示していません。氏名を続けて入力するか、医籍登録番号で検索してください。`}
        />
      ) : null}
      <ListBar>
        <p className="ui-count">{countText(found.count)}</p>
        <p>{`${formatDayPlain(found.from)}から${formatDayPlain(found.to)}まで`}</p>
        <PageSize size={found.filter.size} />
        <FileLink />
        {pager('上')}
      </ListBar>
      <DataTable
        caption="操作履歴"
        columns={columns}
        rows={found.rows}
        rowKey={(row) => row.id}
        sort={parseSort(found.filter.sort)}
        below={contentBelow}
        empty="この条件の操作履歴はありません。"
      />
      <ListBar>{pager('下')}</ListBar>
    </>
  );
}
