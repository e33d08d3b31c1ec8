import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { Tabs } from '#ui/parts/Tabs.tsx';
import { FilterPanel } from '#ui/table/FilterPanel.tsx';
import type { Route } from './+types/list.ts';
import { deskSections } from '../../fields.ts';
import { sectionLabels } from '../../labels.ts';
import { deskInbox } from '../../queries/lists.ts';
import { inboxColumns, InquiryTable, KindFilter, PeriodFilter, StateFilter } from '../list-parts.tsx';

export const handle = definePage({
  id: 'P-05',
  title: 'お問合せ対応',
  who: ['operations', 'office'],
  layers: [1],
  audit: 'inquiry.listed',
  whileHeld: true,
  list: true,
});

export const meta = () => [{ title: 'お問合せ対応 | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const { value, values, errors } = await askByAddress(deskInbox, contextOf(context), request.url);
  return { page: value, values, errors };
}

const base = '/operations/inquiries';

/** P-05: 運営事務局 sees its own inbox, the JMA those of its 担当課. */
export default function DeskInquiries({ loaderData: { page, values, errors } }: Route.ComponentProps) {
  return (
    <>
      <h1>お問合せ対応</h1>
      <Tabs
        label="お問合せの区分"
        tabs={[
          { label: '未完了', to: base, current: page.view === 'open' },
          { label: 'すべて', to: `${base}?view=all`, current: page.view === 'all' },
        ]}
      />
      <FormState errors={errors} values={values}>
        <FilterPanel keep={['view']}>
          {page.jma ? (
            <SelectField
              name="section"
              label="担当課"
              placeholder="すべて"
              options={deskSections.map((one) => ({ value: one, label: sectionLabels[one] }))}
            />
          ) : null}
          <StateFilter />
          <KindFilter desk />
          <PeriodFilter />
        </FilterPanel>
      </FormState>
      <InquiryTable page={page} base={base} caption="お問合せの一覧" columns={inboxColumns} />
    </>
  );
}
