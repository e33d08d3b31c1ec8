import { Form, Link, redirect } from 'react-router';
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
import type { FormValues } from '#ui/fields/formState.tsx';
import { Actions, Button, DefaultSubmit, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { useUnsavedWarning } from '#ui/useUnsavedWarning.ts';
import type { Route } from './+types/join-start.ts';
import { chooseAssociations } from '../../commands/choose-associations.ts';
import { saveDetails } from '../../commands/save-details.ts';
import type { JoinChain } from '../../queries/join-chain.ts';
import { copiedDetails, earlierDetails } from '../../queries/earlier-details.ts';
import type { JoinStart } from '../../queries/join-start.ts';
import { joinStart } from '../../queries/join-start.ts';
import { ChainTable } from './chain-table.tsx';
import { CategoryHelp, Chain, Finders, PapersAsked, sentLines, summaryOf } from './chain-parts.tsx';
import { JoinHead, RequestsNotice } from './join-parts.tsx';
import { revalidateAfterAction } from './revalidate.ts';

export const handle = definePage({
  id: 'D-08',
  title: '入会届 医師会選択',
  crumb: '入会届',
  who: ['doctor'],
  audit: 'application.chooseAssociations',
});

export const meta = () => [{ title: '入会届 1 医師会選択 | MAMIS' }];

type Args = Pick<Route.LoaderArgs, 'context' | 'request'> & { params: { id?: string } };

export async function loader({ context, request, params }: Args) {
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  const start = orThrow(await ask(joinStart, contextOf(context), { ...asked, id: params.id ?? '' }));
  if (!start.editable) throw redirect(`/my/applications/${params.id ?? ''}`);
  return { ...start, key: newId() };
}

/** A new form made after an earlier case begins with what that case said. */
async function copyFrom(ctx: ReturnType<typeof contextOf>, id: string, from: string): Promise<void> {
  const earlier = await ask(earlierDetails, ctx, { id, from });
  if (earlier.ok) orThrow(await run(saveDetails, ctx, { id, version: 1, details: copiedDetails({}, earlier.value), complete: false }));
}

export const shouldRevalidate = revalidateAfterAction;

export async function action({ context, request, params }: Args) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  const saves = form.intent === 'save';
  const outcome = await run(chooseAssociations, ctx, { ...form.input, id: params.id ?? '', complete: !saves }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  const { id } = outcome.value;
  const from = new URL(request.url).searchParams.get('from');
  if (params.id === undefined && from !== null) await copyFrom(ctx, id, from);
  return saves
    ? redirectWithFlash(context, '/my/applications?tab=draft', '一時保存しました。')
    : redirect(`/my/applications/${id}/details`, 303);
}

type ChosenProps = {
  start: JoinStart & { key: string };
  chain: JoinChain;
  values: FormValues | undefined;
  errors: Readonly<Record<string, readonly string[]>> | undefined;
};

/** Question 2, once the chain is known. */
function ChosenForm({ start, chain, values, errors }: ChosenProps) {
  const { chosen } = start;
  const unsaved = useUnsavedWarning();
  return (
    <Form method="post" {...unsaved}>
      <DefaultSubmit value="next" />
      <FormGuard idempotencyKey={start.key} version={start.version} />
      <input type="hidden" name="way" value={chosen?.way ?? 'association'} />
      <input type="hidden" name="prefecture" value={chosen?.prefecture ?? ''} />
      <input type="hidden" name="facilityId" value={chosen?.workplace?.id ?? ''} />
      <input type="hidden" name="lowestAssociationId" value={chain.lowestAssociationId} />
      <FormState errors={errors} values={values}>
        <Section
          title={
            <>
              2. 入会を希望する医師会と会員区分を選択してください <span className="ui-required">必須</span>
            </>
          }
          id="f-lowestAssociationId"
        >
          <ChainTable
            key={chain.lowestAssociationId}
            chain={chain}
            initial={sentLines(chain, values)}
            fixed={start.fixed}
            requests={start.requests}
          />
          <CategoryHelp chain={chain} />
        </Section>
      </FormState>
      <PapersAsked chain={chain} verb="入会" />
      <Actions>
        <Button variant="primary" name="intent" value="next">
          入力フォームに進む
        </Button>
        {start.fixed ? null : (
          <Button name="intent" value="save">
            一時保存する
          </Button>
        )}
        <LinkButton to={start.fixed ? `/my/applications/${start.id ?? ''}` : '/my'}>
          {start.fixed ? '申請の詳細に戻る' : 'マイページTOPへ戻る'}
        </LinkButton>
      </Actions>
    </Form>
  );
}

function Stopped({ chain }: { chain: JoinChain }) {
  if (chain.rivalId !== undefined) {
    return (
      <Notice tone="warn" title="この所属について申請中の届があります。">
        <p>
          <Link to={`/my/applications/${chain.rivalId}`}>申請の詳細を見る</Link>
        </p>
      </Notice>
    );
  }
  return <Notice tone="info" title="選択された医師会にはすべて所属しています。勤務先や会員区分の変更は異動届をご利用ください。" />;
}

export default function JoinStartPage({
  loaderData,
  actionData,
}: {
  loaderData: JoinStart & { key: string };
  actionData?: Route.ComponentProps['actionData'];
}) {
  const { chain } = loaderData;
  const stopped = chain !== undefined && (chain.rivalId !== undefined || chain.allMember);
  return (
    <>
      <JoinHead current={1} returned={loaderData.fixed} />
      <RequestsNotice id={loaderData.id ?? ''} requests={loaderData.requests} />
      <ErrorSummary refusal={summaryOf(actionData?.refusal, chain)} />
      {chain === undefined ? <Finders start={loaderData} verb="入会" backTo="/my" /> : <Chain start={loaderData} chain={chain} />}
      {chain === undefined || stopped ? null : (
        <ChosenForm start={loaderData} chain={chain} values={actionData?.values} errors={actionData?.refusal.fields} />
      )}
      {chain !== undefined && stopped ? (
        <>
          <Stopped chain={chain} />
          <Actions>
            <LinkButton to="/my">マイページTOPへ戻る</LinkButton>
          </Actions>
        </>
      ) : null}
    </>
  );
}
