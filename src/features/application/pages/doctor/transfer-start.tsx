import { Form, redirect } from 'react-router';
import { isId, newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { Checkbox } from '#ui/fields/Choices.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, DefaultSubmit } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { useUnsavedWarning } from '#ui/useUnsavedWarning.ts';
import type { Route } from './+types/transfer-start.ts';
import { saveTransfer } from '../../commands/save-transfer.ts';
import type { MoveStart } from '../../queries/move-start.ts';
import { moveStart } from '../../queries/move-start.ts';
import { FormHead, RequestsNotice } from './join-parts.tsx';
import { Groups, MoveNotes, NoGroup, Reasons, summaryOfMove } from './move-parts.tsx';
import { revalidateAfterAction } from './revalidate.ts';
import { caseAt, draftsAt, filingContext } from './filing-context.ts';
import { LeaveButton } from './use-case-root.tsx';

export const handle = definePage({
  id: 'D-09',
  title: '異動届(医師会の異動)',
  crumb: '異動届',
  who: ['doctor', 'office'],
  audit: 'application.saveTransfer',
});

export const meta = () => [{ title: '異動届(医師会の異動) 異動元 | MAMIS' }];

type Args = Pick<Route.LoaderArgs, 'context' | 'request'> & { params: { id?: string } };

export async function loader({ context, request, params }: Args) {
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  const ctx = filingContext({ context, request });
  const start = orThrow(await ask(moveStart, ctx, { ...asked, kind: 'transfer', id: params.id ?? '' }));
  if (!start.editable) throw redirect(caseAt(ctx, params.id ?? ''));
  return { ...start, key: newId() };
}

export const shouldRevalidate = revalidateAfterAction;

export async function action({ context, request, params }: Args) {
  const ctx = filingContext({ context, request });
  const form = await parseForm(request);
  if (params.id === undefined && form.values['same'] !== undefined) {
    const chosen = form.values['affiliationId'];
    const group = isId(chosen) ? `?${new URLSearchParams({ group: chosen }).toString()}` : '';
    return redirect(`/my/applications/change${group}`, 303);
  }
  const saves = form.intent === 'save';
  const outcome = await run(saveTransfer, ctx, { ...form.input, id: params.id ?? '', complete: !saves }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return saves
    ? redirectWithFlash(context, await draftsAt(ctx, outcome.value.id), '一時保存しました。')
    : redirect(`${caseAt(ctx, outcome.value.id)}/destination`, 303);
}

/** 「医師会が変わりますか?」: the plain question before the words. */
function Question() {
  return (
    <Section title="医師会が変わりますか?">
      <ul className="list-disc pl-6">
        <li>はい(別の医師会へ移ります) … このまま、下の異動事由と異動元を選択してください。</li>
        <li>
          いいえ(会員区分や勤務先だけが変わります) … <a href="/my/applications/change">会員区分変更・医師会の異動を伴わない施設異動</a>へ
        </li>
        <li>わからない … このまま進み、次の画面で新しい勤務先を選択してください。勤務先から異動先の医師会をお調べします。</li>
      </ul>
    </Section>
  );
}

export default function TransferStartPage({
  loaderData,
  actionData,
}: {
  loaderData: MoveStart & { key: string };
  actionData?: Route.ComponentProps['actionData'];
}) {
  const unsaved = useUnsavedWarning();
  const start = loaderData;
  const head = <FormHead key="head" kind="transfer" fromEnd={3} returned={start.returned} />;
  if (start.groups.length === 0) return [head, <NoGroup key="none" />];
  return (
    <>
      {head}
      <RequestsNotice id={start.id ?? ''} requests={start.requests} />
      <ErrorSummary refusal={summaryOfMove(actionData?.refusal, '異動元')} />
      {start.id === undefined ? <Question /> : null}
      <Form method="post" {...unsaved}>
        <DefaultSubmit value="next" />
        <FormGuard idempotencyKey={start.key} version={start.version} />
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          <Reasons start={start} limit={200} />
          <Section title="異動元">
            <Groups start={start} legend="異動する医師会を選択してください。" />
            {start.id === undefined ? <Checkbox name="same" label="異動元・異動先が同じ医師会" /> : null}
            <MoveNotes same={start.id === undefined} />
          </Section>
        </FormState>
        <Actions>
          <Button variant="primary" name="intent" value="next">
            異動先の選択に進む
          </Button>
          {start.returned ? null : (
            <Button name="intent" value="save">
              一時保存する
            </Button>
          )}
          <LeaveButton id={start.id} personId={start.personId} sent={start.returned} />
        </Actions>
      </Form>
    </>
  );
}
