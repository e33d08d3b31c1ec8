import { FacilityTabs } from '#features/facility/pages/tabs.tsx';
import { formatInstant } from '#kernel/wareki.ts';
import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { FilterPanel } from '#ui/table/FilterPanel.tsx';
import { ListBar, PageSize } from '#ui/table/ListBar.tsx';
import { KeysetPager } from '#ui/table/Pager.tsx';
import type { Route } from './+types/proposals.ts';
import { names, stateLabels, stateTones } from '../labels.ts';
import type { ListedProposal } from '../queries/proposals.ts';
import { askingOffice, proposalList } from '../queries/proposals.ts';
import type { ListTab } from '../schema.ts';

export const handle = definePage({
  id: 'O-14',
  title: '施設の提案',
  who: ['office'],
  audit: { none: '施設と医師会だけで、個人のデータを含まない' },
  list: true,
});

export const meta = () => [{ title: '施設の提案 | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const { value, values } = await askByAddress(proposalList, ctx, request.url);
  return { list: value, values, layer: askingOffice(ctx).layer };
}

const columns: readonly Column<ListedProposal>[] = [
  { key: 'at', head: names.at, nowrap: true, cell: (row) => formatInstant(row.at) },
  { key: 'facility', head: names.facility, rowHeader: true, cell: (row) => row.facility },
  { key: 'address', head: '住所', cell: (row) => row.address || '－' },
  { key: 'kind', head: names.kind, cell: (row) => row.kind },
  { key: 'office', head: names.office, cell: (row) => row.office },
  {
    key: 'state',
    head: names.state,
    nowrap: true,
    cell: (row) => <StateLabel tone={stateTones[row.state]}>{stateLabels[row.state]}</StateLabel>,
  },
];

const titles: Readonly<Record<ListTab, string>> = { own: '提案した内容', review: '提案の審査', merge: '重複の統合' };

const empty: Readonly<Record<ListTab, string>> = {
  own: '提案はありません。',
  review: '審査を待っている提案はありません。',
  merge: '統合を待っている報告はありません。',
};

function Filters({ waiting, values }: { waiting: string; values: Route.ComponentProps['loaderData']['values'] }) {
  return (
    <FormState values={values}>
      <FilterPanel keep={['tab', 'size']}>
        <SelectField
          name="state"
          label={names.state}
          placeholder={null}
          options={[
            { value: 'open', label: waiting },
            { value: 'all', label: 'すべて' },
          ]}
        />
      </FilterPanel>
    </FormState>
  );
}

/** 提案の審査, 提案した内容, 重複の統合 (`screens.md O-14, J-06`). */
export default function ProposalsPage({ loaderData }: Route.ComponentProps) {
  const { list, values, layer } = loaderData;
  const { tab } = list;
  const bar = <KeysetPager before={list.before} after={list.after} />;
  return (
    <>
      <h1>{titles[tab]}</h1>
      <FacilityTabs layer={layer} current={tab} />
      {tab === 'own' ? null : (
        <Filters waiting={tab === 'merge' ? `${stateLabels.forwarded}・${stateLabels.planned}` : stateLabels.proposed} values={values} />
      )}
      <ListBar>
        <PageSize size={list.filter.size} />
        {bar}
      </ListBar>
      {list.rows.length === 0 ? (
        <EmptyState>{empty[tab]}</EmptyState>
      ) : (
        <DataTable
          caption={titles[tab]}
          columns={columns}
          rows={list.rows}
          rowKey={(row) => row.id}
          rowTo={(row) => `/office/facilities/proposals/${row.id}`}
        />
      )}
      {tab === 'merge' ? null : (
        <Actions>
          <LinkButton to="/office/facilities/proposals/new">新しい施設を提案する</LinkButton>
        </Actions>
      )}
    </>
  );
}
