import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { FilterPanel } from '#ui/table/FilterPanel.tsx';
import type { Route } from './+types/list.ts';
import { myInquiries } from '../../queries/lists.ts';
import { BeforeAsking } from '../before-asking.tsx';
import { InquiryTable, KindFilter, ownColumns, PeriodFilter, StateFilter } from '../list-parts.tsx';

export const handle = definePage({ id: 'D-15', title: 'お問合せ', who: ['doctor'], audit: 'inquiry.listed', whileHeld: true, list: true });

export const meta = () => [{ title: 'お問合せ | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const { value, values, errors } = await askByAddress(myInquiries, contextOf(context), request.url);
  return { page: value, values, errors };
}

const base = '/my/inquiries';

/** D-15: own questions and where they stand. */
export default function MyInquiries({ loaderData: { page, values, errors } }: Route.ComponentProps) {
  return (
    <>
      <h1>お問合せ</h1>
      <BeforeAsking />
      <div className="mb-6">
        <Actions>
          <LinkButton variant="primary" to={`${base}/new`}>
            お問合せする
          </LinkButton>
        </Actions>
      </div>
      <FormState errors={errors} values={values}>
        <FilterPanel keep={[]}>
          <StateFilter />
          <KindFilter />
          <PeriodFilter />
        </FilterPanel>
      </FormState>
      <InquiryTable page={page} base={base} caption="お問合せの一覧" columns={ownColumns} />
    </>
  );
}
