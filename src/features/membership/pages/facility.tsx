import { Form } from 'react-router';
import { FacilityHistory } from '#features/facility/pages/facility-history.tsx';
import { formatPost } from '#kernel/fold-input.ts';
import { formatDay } from '#kernel/wareki.ts';
import { ask } from '#platform/command/query.ts';
import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { DateField } from '#ui/fields/DateField.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import { ListBar, PageSize } from '#ui/table/ListBar.tsx';
import { KeysetPager } from '#ui/table/Pager.tsx';
import type { Route } from './+types/facility.ts';
import { facilityDetail } from '../queries/facilities.ts';
import { actingOffice, memberList } from '../queries/members.ts';
import { memberColumns } from './members-columns.tsx';

export const handle = definePage({ id: 'O-14', title: '施設の所属会員', crumb: '施設の所属会員', who: ['office'], audit: 'member.listed' });

export const meta = () => [{ title: '施設の所属会員 | MAMIS' }];

/** Of the address only the day and the place within the list count: the workplace is given. */
const asked = new Set(['on', 'after', 'before', 'size', 'sort']);

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const facility = orThrow(await ask(facilityDetail, ctx, { id: params.id }));
  const url = new URL(request.url);
  const kept = [...url.searchParams].filter(([name]) => asked.has(name));
  url.search = new URLSearchParams([...kept, ['facilityId', params.id]]).toString();
  const { value, values, errors } = await askByAddress(memberList, ctx, url.href);
  return { facility, list: value, values, errors, layer: actingOffice(ctx).layer };
}

type Data = Route.ComponentProps['loaderData'];

function Facts({ facility }: Pick<Data, 'facility'>) {
  const beds = facility.beds === null || facility.beds === 0 ? 'なし' : `あり(許可病床数 ${facility.beds.toLocaleString('ja-JP')}床)`;
  return (
    <Section title="施設の情報">
      <DefinitionTable
        items={[
          { label: '名称', value: facility.name },
          { label: 'フリガナ', value: facility.kana },
          { label: '通称', value: facility.commonName },
          { label: '住所', value: `${facility.postalCode === '' ? '' : `〒${formatPost(facility.postalCode)} `}${facility.address}` },
          { label: 'TEL', value: facility.tel },
          { label: 'FAX', value: facility.fax },
          { label: '開設主体', value: facility.ownerTypeLabel },
          { label: '病床の有無・許可病床数', value: beds },
          { label: '併設の施設', value: facility.attached },
          { label: '医療機関コード', value: facility.institutionCode },
        ]}
      />
    </Section>
  );
}

function DayForm({ values, errors }: Pick<Data, 'values' | 'errors'>) {
  return (
    <search className="ui-filter block ui-no-print">
      <Form method="get" className="p-4">
        <FormState errors={errors} values={values}>
          <DateField name="on" label="基準日" hint="この日に所属していた会員を表示します。空欄は本日" plain />
        </FormState>
        <Actions>
          <Button>表示する</Button>
        </Actions>
      </Form>
    </search>
  );
}

/** What can be done with the facility: a file of its members, proposals for the master. */
function Ways({ facility, layer, file }: Pick<Data, 'facility' | 'layer'> & { file: URLSearchParams }) {
  return (
    <Actions>
      <LinkButton to={`/office/exports/new?${file.toString()}`}>この施設のCSVを作成する</LinkButton>
      {facility.open && layer !== 1 ? (
        <>
          <LinkButton to={`/office/facilities/${facility.id}/propose`}>施設情報の変更を提案する</LinkButton>
          <LinkButton to={`/office/facilities/${facility.id}/duplicate`}>重複を報告する</LinkButton>
        </>
      ) : null}
      {facility.typed && layer !== 1 ? (
        <>
          <LinkButton to={`/office/facilities/${facility.id}/tie`}>既存の施設に結び付ける</LinkButton>
          <LinkButton to={`/office/facilities/proposals/new?from=${facility.id}`}>施設として提案する</LinkButton>
        </>
      ) : null}
      <LinkButton to="/office/facilities" variant="text">
        施設別一覧に戻る
      </LinkButton>
    </Actions>
  );
}

/** One workplace with our members there as of a day (`screens.md O-14`). */
export default function FacilityPage({ loaderData }: Route.ComponentProps) {
  const { facility, list, values, errors, layer } = loaderData;
  const conditions = new URLSearchParams({
    status: 'current',
    facilityId: facility.id,
    ...(list.filter.on === undefined ? {} : { on: list.on }),
  });
  const file = new URLSearchParams({ list: 'facilityMembers', conditions: `?${conditions.toString()}` });
  const pager = (place: string) => <KeysetPager before={list.before} after={list.after} label={`ページ(${place})`} />;
  return (
    <>
      <h1>{facility.name}</h1>
      {facility.closed === undefined ? null : (
        <Notice
          title={`${facility.closed.on === null ? '' : formatDay(facility.closed.on)}に「${facility.closed.into}」へ統合され、閉鎖されています。`}
        />
      )}
      {facility.typed ? <Notice title="医師が入力した、施設マスタに登録のない施設名です。" /> : null}
      <Facts facility={facility} />
      <Section title={`所属会員(${formatDay(list.on)}時点)`}>
        <DayForm values={values} errors={errors} />
        <ListBar>
          <p className="ui-count">{`総件数:${list.count.members.toLocaleString('ja-JP')}件`}</p>
          <PageSize size={list.filter.size} />
          {pager('上')}
        </ListBar>
        <DataTable
          caption="所属会員"
          columns={memberColumns({ large: true, chosen: [] }).filter((column) => column.key !== 'facility')}
          rows={list.rows}
          rowKey={(row) => row.personId}
          rowTo={(row) => `/office/members/${row.personId}`}
          sort={list.filter.sort}
          empty="この日に所属している会員はいません。"
        />
        <ListBar>{pager('下')}</ListBar>
      </Section>
      <Section title="施設情報の変更の履歴">
        <FacilityHistory lines={facility.history} />
      </Section>
      <Ways facility={facility} layer={layer} file={file} />
    </>
  );
}
