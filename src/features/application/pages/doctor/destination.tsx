import { Form, redirect } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { RadioGroup } from '#ui/fields/Choices.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Card, Section } from '#ui/parts/Card.tsx';
import type { Route } from './+types/destination.ts';
import { chooseDestination, leaveUndecided } from '../../commands/choose-destination.ts';
import type { JoinStart } from '../../queries/join-start.ts';
import { joinStart } from '../../queries/join-start.ts';
import type { ChainStart } from './chain-form.tsx';
import { ChainForm } from './chain-form.tsx';
import { Chain, Finders, summaryOf } from './chain-parts.tsx';
import { FormHead, RequestsNotice } from './join-parts.tsx';
import { revalidateAfterAction } from './revalidate.ts';
import { caseAt, draftsAt, filingContext, leadToCase } from './filing-context.ts';
import { useCaseRoot } from './use-case-root.tsx';

export const handle = definePage({
  id: 'D-09',
  title: '異動届 異動先',
  crumb: '異動先',
  who: ['doctor', 'office'],
  audit: 'application.chooseDestination',
});

export const meta = () => [{ title: '異動届(医師会の異動) 異動先 | MAMIS' }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  const ctx = filingContext({ context, request });
  const start = orThrow(await ask(joinStart, ctx, { ...asked, kind: 'transfer', id: params.id }));
  if (!start.editable) throw await leadToCase(context, ctx, { id: params.id });
  return { ...start, key: newId() };
}

export const shouldRevalidate = revalidateAfterAction;

export async function action({ context, request, params }: Route.ActionArgs) {
  const ctx = filingContext({ context, request });
  const form = await parseForm(request);
  const saves = form.intent === 'save';
  const outcome =
    form.intent === 'undecided'
      ? await run(leaveUndecided, ctx, { ...form.input, id: params.id }, form.key)
      : await run(chooseDestination, ctx, { ...form.input, id: params.id, complete: !saves }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return saves
    ? redirectWithFlash(context, await draftsAt(ctx, params.id), '一時保存しました。')
    : redirect(`${caseAt(ctx, params.id)}/details`, 303);
}

type Props = {
  start: ChainStart;
  values: FormValues | undefined;
  errors: Readonly<Record<string, readonly string[]>> | undefined;
};

/** 引き続き所属する上層の医師会: where another group of the doctor shares it. */
function Shared({ lines }: { lines: JoinStart['shared'] }) {
  if (lines.length === 0) return null;
  return (
    <Section title="引き続き所属する上層の医師会">
      {lines.map((line) => (
        <RadioGroup
          key={line.field}
          name={line.field}
          label={line.name}
          required
          options={[
            ...line.groups.map((group) => ({ value: group.id, label: `${group.name}に移して継続する` })),
            { value: 'end', label: '退会する' },
          ]}
          defaultValue={line.chosen}
        />
      ))}
    </Section>
  );
}

/** 「異動先が決まっていない」: the third way. */
function Undecided({ start, values, errors }: Props) {
  return (
    <Card title="異動先が決まっていない" level={3}>
      <p className="mb-4">退会の手続きだけを先に進めます。異動先が決まったら、この届に続けて入会届を作成できます。</p>
      <Form method="post">
        <FormGuard idempotencyKey={start.key} version={start.version} />
        <FormState errors={errors} values={values}>
          <Shared lines={start.sharedUndecided} />
        </FormState>
        <Actions>
          <Button name="intent" value="undecided">
            異動先を決めずに進む
          </Button>
        </Actions>
      </Form>
    </Card>
  );
}

export default function DestinationPage({ loaderData, actionData }: Route.ComponentProps) {
  const { chain, fixed, id } = loaderData;
  const root = useCaseRoot();
  const sent = { start: loaderData, values: actionData?.values, errors: actionData?.refusal.fields };
  return (
    <>
      <FormHead kind="transfer" fromEnd={2} returned={fixed} />
      <RequestsNotice id={id ?? ''} requests={loaderData.requests} />
      <ErrorSummary refusal={summaryOf(actionData?.refusal, chain)} />
      {chain === undefined ? (
        <>
          <Finders start={loaderData} verb="異動" backTo={`${root}/${id ?? ''}/transfer`}>
            {fixed || loaderData.leaveApart ? undefined : <Undecided {...sent} />}
          </Finders>
        </>
      ) : (
        <>
          <Chain start={loaderData} chain={chain} />
          <ChainForm
            {...sent}
            chain={chain}
            verb="異動"
            note="「引き続き所属」の医師会では、退会・入会は発生しません。"
            back={<LinkButton to={`${root}/${id ?? ''}${fixed ? '' : '/transfer'}`}>戻る</LinkButton>}
          >
            <Shared lines={loaderData.shared} />
          </ChainForm>
        </>
      )}
    </>
  );
}
