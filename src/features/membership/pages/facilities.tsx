import { FacilityTabs } from '#features/facility/pages/tabs.tsx';
import type { FieldErrors } from '#kernel/refusal.ts';
import { formatDay, formatInstant } from '#kernel/wareki.ts';
import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import type { FormValues } from '#ui/fields/formState.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { OfficeShortcuts } from '#ui/parts/OfficeShortcuts.tsx';
import { PersonName } from '#ui/parts/PersonName.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { FilterPanel } from '#ui/table/FilterPanel.tsx';
import { FromTo } from '#ui/table/FromTo.tsx';
import { ListBar, PageSize } from '#ui/table/ListBar.tsx';
import { KeysetPager } from '#ui/table/Pager.tsx';
import type { Route } from './+types/facilities.ts';
import type { FacilityList } from '../queries/facilities.ts';
import { facilityList } from '../queries/facilities.ts';
import { actingOffice } from '../queries/members.ts';

export const handle = definePage({
  id: 'O-14',
  title: '施設別一覧',
  who: ['office'],
  audit: { none: '施設と人数だけで、個人のデータを含まない' },
  list: true,
});

export const meta = () => [{ title: '施設別一覧 | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const { value, values, errors } = await askByAddress(facilityList, ctx, request.url);
  return { list: value, values, errors, layer: actingOffice(ctx).layer };
}

type Line = FacilityList['rows'][number];

function columnsOf(list: FacilityList): readonly Column<Line>[] {
  const owner = new Map(list.ownerTypes.map(({ value, label }) => [value, label]));
  return [
    { key: 'name', head: '施設名', sort: 'name', rowHeader: true, cell: (row) => <PersonName name={row.name} kana={row.kana} /> },
    { key: 'address', head: '住所', cell: (row) => row.address || '－' },
    { key: 'owner', head: '開設主体', cell: (row) => owner.get(row.ownerType) ?? '－' },
    {
      key: 'members',
      head: '会員数',
      sort: 'members',
      align: 'right',
      nowrap: true,
      cell: (row) => `${row.members.toLocaleString('ja-JP')}人`,
    },
    { key: 'moving', head: '異動予定', align: 'right', nowrap: true, cell: (row) => (row.moving === 0 ? '－' : `${row.moving}人`) },
    { key: 'recorded', head: '最終更新', nowrap: true, cell: (row) => formatInstant(row.recordedAt) },
  ];
}

function Filters({ list, values, errors }: { list: FacilityList; values: FormValues; errors: FieldErrors | undefined }) {
  const number = { width: 'number', inputMode: 'numeric', autoComplete: 'off' } as const;
  return (
    <FormState errors={errors} values={values}>
      <FilterPanel keep={['size', 'sort', 'typed']}>
        <TextField name="name" label="施設名" autoComplete="off" />
        <TextField name="city" label="市区町村" autoComplete="off" />
        <SelectField name="ownerType" label="開設主体" placeholder="すべて" options={list.ownerTypes} />
        <FromTo>
          <TextField name="membersFrom" label="会員数(から)" {...number} />
          <TextField name="membersTo" label="会員数(まで)" {...number} />
        </FromTo>
        <p className="ui-hint col-span-full">施設名は名称またはフリガナの先頭から、市区町村は住所の一部から検索します。</p>
      </FilterPanel>
    </FormState>
  );
}

function Bar({ list, place }: { list: FacilityList; place: '上' | '下' }) {
  const { members: found, orMore } = list.count;
  return (
    <ListBar>
      <p className="ui-count">{`総件数:${found.toLocaleString('ja-JP')}件${orMore ? '以上' : ''}`}</p>
      {place === '上' ? <p>{`${formatDay(list.on)}時点`}</p> : null}
      {place === '上' ? <PageSize size={list.filter.size} /> : null}
      <KeysetPager before={list.before} after={list.after} label={`ページ(${place})`} />
    </ListBar>
  );
}

/** 施設別一覧 (`screens.md O-14`). */
export default function FacilityListPage({ loaderData }: Route.ComponentProps) {
  const { list, values, errors, layer } = loaderData;
  const { name, city, ownerType, membersFrom, membersTo } = list.filter;
  const { typed } = list.filter;
  const title = typed ? '未登録の施設名' : '施設別一覧';
  const filtered = name !== '' || city !== '' || ownerType !== '' || membersFrom !== undefined || membersTo !== undefined;
  return (
    <>
      <h1>{title}</h1>
      <FacilityTabs layer={layer} current={typed ? 'typed' : 'list'} />
      {typed ? (
        <p>
          医師が入力した、施設マスタに登録のない施設名です。施設を開いて、登録されている施設に結び付けるか、新しい施設として提案してください。
        </p>
      ) : null}
      <Filters list={list} values={values} errors={errors} />
      <Bar list={list} place="上" />
      {list.rows.length === 0 ? (
        <EmptyState>{filtered ? undefined : typed ? '未登録の施設名はありません。' : '会員の所属する施設がありません。'}</EmptyState>
      ) : (
        <>
          <DataTable
            caption={title}
            columns={columnsOf(list)}
            rows={list.rows}
            rowKey={(row) => row.id}
            rowTo={(row) => `/office/facilities/${row.id}`}
            sort={list.filter.sort}
          />
          <Bar list={list} place="下" />
        </>
      )}
      {layer === 1 ? null : (
        <Actions>
          <LinkButton to="/office/facilities/proposals/new">新しい施設を提案する</LinkButton>
        </Actions>
      )}
      <OfficeShortcuts />
    </>
  );
}
