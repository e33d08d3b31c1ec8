import { Form } from 'react-router';
import { formatDay, formatDayPlain, formatInstant } from '#kernel/wareki.ts';
import { askByAddress } from '#platform/http/list-filter.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { DateField } from '#ui/fields/DateField.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/member.ts';
import { guidanceTexts } from '../guidance-messages.ts';
import type { MemberDetail } from '../queries/member.ts';
import { memberDetail } from '../queries/member.ts';
import { ChangesSection, headItems, profileItems } from './member-facts.tsx';
import { HistorySection } from './member-history.tsx';
import { AffiliationSection, AssociationSection } from './member-memberships.tsx';
import { MemberFrame } from './member-frame.tsx';

export const handle = definePage({ id: 'O-08', title: '会員情報詳細', crumb: '会員情報詳細', who: ['office'], audit: 'member.viewed' });

export const meta = () => [{ title: '会員情報詳細 | MAMIS' }];

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const url = new URL(request.url);
  url.searchParams.set('id', params.id);
  const { value, values, errors } = await askByAddress(memberDetail, contextOf(context), url.href);
  const asOf = errors?.['asOf'] === undefined ? (url.searchParams.get('asOf') ?? '') : '';
  return { member: value, values, errors, tab: tabOf(url.searchParams.get('tab') ?? ''), asOf };
}

function TimeForm({ loaderData }: { loaderData: Route.ComponentProps['loaderData'] }) {
  const { member, values, errors } = loaderData;
  return (
    <search className="ui-filter block ui-no-print">
      <Form method="get" className="p-4">
        {loaderData.tab === 'profile' ? null : <input type="hidden" name="tab" value={loaderData.tab} />}
        <FormState errors={errors} values={values}>
          <div className="ui-filter-fields">
            <DateField name="asOf" label="基準日" hint="この日の在籍状況を表示します。空欄は本日" plain />
            <TextField
              name="knownAt"
              label="記録の時点"
              hint="この時点までに記録された内容で表示します。例:2026/04/01 または 2026/04/01 17:00"
              autoComplete="off"
            />
          </div>
        </FormState>
        <Actions>
          <Button>表示する</Button>
          <LinkButton to={`/office/members/${member.personId}`}>本日の内容に戻す</LinkButton>
        </Actions>
      </Form>
    </search>
  );
}

/** What the reader must know about the days he is looking at. */
function TimeNotice({ member }: { member: MemberDetail }) {
  const { head, knownAt } = member;
  return (
    <>
      {head.standing === 'left' && head.leftOn !== null ? <Notice title={`退会者(${formatDayPlain(head.leftOn)}退会)`} /> : null}
      {knownAt === undefined ? null : (
        <Notice title={`${formatInstant(knownAt)}までに記録された内容です。`}>
          <p>貴会の記録だけを表示しています。基本情報と所属施設は現在の内容です。</p>
        </Notice>
      )}
    </>
  );
}

function tabOf(text: string): 'profile' | 'memberships' | 'history' {
  return text === 'memberships' || text === 'history' ? text : 'profile';
}

function TabContent({ member, tab }: { member: MemberDetail; tab: ReturnType<typeof tabOf> }) {
  if (tab === 'history') return <HistorySection personId={member.personId} history={member.history} />;
  if (tab === 'profile') {
    return (
      <>
        <ChangesSection sinceLook={member.sinceLook} />
        <Section title="基本情報">
          <DefinitionTable items={profileItems(member)} />
        </Section>
      </>
    );
  }
  return (
    <>
      <AssociationSection member={member} />
      <AffiliationSection member={member} />
    </>
  );
}

export default function MemberPage({ loaderData }: Route.ComponentProps) {
  const { member, tab } = loaderData;
  const { name, kana, diedOn } = member.profile;
  return (
    <MemberFrame
      head={{ personId: member.personId, name, kana, diedOn }}
      current={tab}
      {...(loaderData.asOf === '' ? {} : { asOf: loaderData.asOf })}
    >
      <TimeNotice member={member} />
      <Section title={`在籍の状況(${formatDay(member.asOf)}時点)`}>
        <DefinitionTable items={headItems(member)} />
      </Section>
      <div className="mb-8">
        <Actions>
          <LinkButton to={`/office/members/${member.personId}/applications`}>代理申請入力</LinkButton>
          {member.profile.contactFaded ? null : (
            <LinkButton to={`/office/members/${member.personId}/profile`}>登録情報を変更する</LinkButton>
          )}
          {member.guidance?.offered === true ? (
            <LinkButton to={`/office/members/${member.personId}/guidance`}>{guidanceTexts.send}</LinkButton>
          ) : null}
          <LinkButton to={`/office/members/${member.personId}/profile/changes`}>登録情報の変更履歴</LinkButton>
          <LinkButton to={`/office/members/${member.personId}/membership-certificates`}>在籍証明書</LinkButton>
        </Actions>
      </div>
      <TabContent member={member} tab={tab} />
      <TimeForm loaderData={loaderData} />
    </MemberFrame>
  );
}
