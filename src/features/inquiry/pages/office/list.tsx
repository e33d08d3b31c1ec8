import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { Tabs } from '#ui/parts/Tabs.tsx';
import { FilterPanel } from '#ui/table/FilterPanel.tsx';
import type { Route } from './+types/list.ts';
import { deskOffice } from '../../policy.ts';
import { myInquiries, officeInbox } from '../../queries/lists.ts';
import { BeforeAsking } from '../before-asking.tsx';
import { inboxColumns, InquiryTable, KindFilter, ownColumns, PeriodFilter, StateFilter } from '../list-parts.tsx';

export const handle = definePage({
  id: 'O-26',
  title: 'お問合せ',
  who: ['office'],
  roles: ['admin', 'clerk', 'trainingContractor'],
  audit: 'inquiry.listed',
  whileHeld: true,
  list: true,
});

export const meta = () => [{ title: 'お問合せ | MAMIS' }];

/** The inbox is for 管理者 and スタッフ; an 外部委託先 sees what he asked himself. */
export async function loader({ context, request }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const withInbox = deskOffice(ctx.actor) !== undefined;
  const tab = new URL(request.url).searchParams.get('tab') === 'own' || !withInbox ? ('own' as const) : ('inbox' as const);
  if (tab === 'own') {
    const { value, values, errors } = await askByAddress(myInquiries, ctx, request.url);
    return { tab, withInbox, view: 'all' as const, page: value, values, errors };
  }
  const { value, values, errors } = await askByAddress(officeInbox, ctx, request.url);
  return { tab, withInbox, view: value.view, page: value, values, errors };
}

const base = '/office/inquiries';

function OfficeTabs({ tab, view }: { tab: 'own' | 'inbox'; view: 'open' | 'all' }) {
  return (
    <>
      <Tabs
        label="お問合せの区分"
        tabs={[
          { label: '会員からのお問合せ', to: base, current: tab === 'inbox' },
          { label: '貴会からのお問合せ', to: `${base}?tab=own`, current: tab === 'own' },
        ]}
      />
      {tab === 'own' ? null : (
        <Tabs
          label="会員からのお問合せの区分"
          tabs={[
            { label: '未完了', to: base, current: view === 'open' },
            { label: 'すべて', to: `${base}?view=all`, current: view === 'all' },
          ]}
        />
      )}
    </>
  );
}

/** O-26: own questions, and what members have asked this office. */
export default function OfficeInquiries({ loaderData }: Route.ComponentProps) {
  const { tab, withInbox, view, page, values, errors } = loaderData;
  const own = tab === 'own';
  return (
    <>
      <h1>{own ? 'お問合せ' : '会員からのお問合せ'}</h1>
      {own ? <BeforeAsking /> : <p>貴会が受け持っている申請についてのお問合せと、ほかの窓口から回されたお問合せです。</p>}
      <div className="mb-6">
        <Actions>
          <LinkButton variant={own ? 'primary' : 'secondary'} to={`${base}/new`}>
            お問合せする
          </LinkButton>
        </Actions>
      </div>
      {withInbox ? <OfficeTabs tab={tab} view={view} /> : null}
      <FormState errors={errors} values={values}>
        <FilterPanel keep={['tab', 'view']}>
          <StateFilter />
          <KindFilter />
          <PeriodFilter />
        </FilterPanel>
      </FormState>
      <InquiryTable
        page={page}
        base={base}
        caption={own ? 'お問合せの一覧' : '会員からのお問合せの一覧'}
        columns={own ? ownColumns : inboxColumns}
      />
    </>
  );
}
