import { Form, Link, redirect } from 'react-router';
import { newId } from '#kernel/id.ts';
import type { Refusal } from '#kernel/refusal.ts';
import { AssociationsLink } from '#features/association/pages/associations-link.tsx';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState, textsOf } from '#ui/fields/formState.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { Actions, Button, DefaultSubmit, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { useUnsavedWarning } from '#ui/useUnsavedWarning.ts';
import type { Route } from './+types/join-start.ts';
import { chooseAssociations } from '../../commands/choose-associations.ts';
import { saveDetails } from '../../commands/save-details.ts';
import { categoryField } from '../../schema.ts';
import type { ChainLine, JoinChain } from '../../queries/join-chain.ts';
import { copiedDetails, earlierDetails } from '../../queries/earlier-details.ts';
import type { JoinStart } from '../../queries/join-start.ts';
import { joinStart } from '../../queries/join-start.ts';
import { ChainTable } from './chain-table.tsx';
import { AssociationFinder, WorkplaceFinder } from './finders.tsx';
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

/** The lines as they were sent, when the form comes back with messages. */
function sentLines(chain: JoinChain, values: FormValues | undefined): readonly ChainLine[] {
  if (values === undefined) return chain.lines;
  const ticked = textsOf(values['ticked']);
  return chain.lines.map((line) => ({
    ...line,
    ticked: line.status === 'open' && (line.locked || ticked.includes(String(line.associationId))),
    categoryId: textsOf(values[`categories.${categoryField(line.associationId)}`])[0] ?? '',
  }));
}

function Chain({ start, chain }: { start: JoinStart; chain: JoinChain }) {
  const names = chain.lines.map((line) => line.name).join(' → ');
  const again = start.from === undefined ? '?again=1' : `?again=1&from=${start.from}`;
  return (
    <Section title="1. 該当する医師会">
      <p className="text-lg font-bold">{names}</p>
      {start.chosen?.workplace === undefined ? null : <p>{`勤務先:${start.chosen.workplace.name}`}</p>}
      {start.fixed ? (
        <p>差戻しの修正では、申請先の医師会は変更できません。</p>
      ) : (
        <Actions>
          <LinkButton to={again} size="small">
            医師会を選び直す
          </LinkButton>
        </Actions>
      )}
    </Section>
  );
}

function Papers({ chain }: { chain: JoinChain }) {
  return (
    <Section title="必要な書類">
      <DefinitionTable items={chain.papers.map((row) => ({ label: row.associationName, value: row.papers, key: row.associationName }))} />
      <p className="mt-4">
        ○入会する医師会によって入会申請時にご提出いただく書類が異なります。申請される前にお電話またはメールにてお問合せください。
      </p>
      <p>
        <AssociationsLink />
      </p>
    </Section>
  );
}

function CategoryHelp({ chain }: { chain: JoinChain }) {
  if (chain.help.length === 0) return null;
  return (
    <div className="my-4">
      <h3>会員区分の説明(日本医師会)</h3>
      <DefinitionTable items={chain.help.map((row) => ({ label: row.label, value: row.description, key: row.label }))} />
    </div>
  );
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
      <Papers chain={chain} />
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

function Finders({ start }: { start: JoinStart }) {
  return (
    <Section title="1. 該当する医師会を選択してください">
      <p className="mb-4">
        次のどちらかの方法で選択してください。<span className="ui-required">必須</span>
      </p>
      <WorkplaceFinder finder={start.finder} prefectures={start.prefectures} from={start.from} />
      <AssociationFinder finder={start.finder} prefectures={start.prefectures} from={start.from} />
      <p>○入会する医師会によって入会申請時にご提出いただく書類が異なります。申請される前にお電話またはメールにてお問合せください。</p>
      <p>
        <AssociationsLink />
      </p>
      <Actions>
        <LinkButton to="/my">マイページTOPへ戻る</LinkButton>
      </Actions>
    </Section>
  );
}

/** The same message stands at several lines: the summary says at which. */
function summaryOf(refusal: Refusal | undefined, chain: JoinChain | undefined): Refusal | undefined {
  if (refusal?.fields === undefined || chain === undefined) return refusal;
  const nameOf = (code: string) => chain.lines.find((line) => code === `categories.${categoryField(line.associationId)}`)?.name;
  const named = Object.entries(refusal.fields).map(([code, messages]) => {
    const name = nameOf(code);
    return [code, name === undefined ? messages : messages.map((message) => `${name}:${message}`)] as const;
  });
  return { ...refusal, fields: Object.fromEntries(named) };
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
      {chain === undefined ? <Finders start={loaderData} /> : <Chain start={loaderData} chain={chain} />}
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
