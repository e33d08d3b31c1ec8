import { useState } from 'react';
import { Form, redirect } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState, textOf } from '#ui/fields/formState.tsx';
import type { FormValues } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { Actions, Button, DefaultSubmit } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { useHydrated } from '#ui/useHydrated.ts';
import { useUnsavedWarning } from '#ui/useUnsavedWarning.ts';
import type { Route } from './+types/change-start.ts';
import { saveChange } from '../../commands/save-change.ts';
import type { MoveGroup, MoveStart } from '../../queries/move-start.ts';
import { moveStart } from '../../queries/move-start.ts';
import { askedHint, FormHead, RequestsNotice } from './join-parts.tsx';
import { Groups, MoveNotes, NoGroup, Reasons, summaryOfMove } from './move-parts.tsx';
import { revalidateAfterAction } from './revalidate.ts';
import { caseAt, draftsAt, filingContext } from './filing-context.ts';
import { LeaveButton } from './use-case-root.tsx';

export const handle = definePage({
  id: 'D-10',
  title: '異動届(会員区分変更・施設異動)',
  crumb: '異動届',
  who: ['doctor', 'office'],
  audit: 'application.saveChange',
});

export const meta = () => [{ title: '異動届(会員区分変更・医師会の異動を伴わない施設異動) | MAMIS' }];

type Args = Pick<Route.LoaderArgs, 'context' | 'request'> & { params: { id?: string } };

export async function loader({ context, request, params }: Args) {
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  const ctx = filingContext({ context, request });
  const start = orThrow(await ask(moveStart, ctx, { ...asked, kind: 'change', id: params.id ?? '' }));
  if (!start.editable) throw redirect(caseAt(ctx, params.id ?? ''));
  return { ...start, key: newId() };
}

export const shouldRevalidate = revalidateAfterAction;

export async function action({ context, request, params }: Args) {
  const ctx = filingContext({ context, request });
  const form = await parseForm(request);
  const saves = form.intent === 'save';
  const outcome = await run(saveChange, ctx, { ...form.input, id: params.id ?? '', complete: !saves }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return saves
    ? redirectWithFlash(context, await draftsAt(ctx, outcome.value.id), '一時保存しました。')
    : redirect(`${caseAt(ctx, outcome.value.id)}/details`, 303);
}

type LineProps = { place: MoveGroup['places'][number]; start: MoveStart };

/** 現在の会員区分 → 変更後の会員区分; what stays is only taken notice of there. */
function CategoryLine({ place, start }: LineProps) {
  const name = `categories.${place.field}`;
  return (
    <SelectField
      name={name}
      label={`${place.label} 変更後の会員区分`}
      placeholder="変更なし(確認のみ)"
      options={place.categories}
      defaultValue={start.written.categories[place.field] ?? ''}
      hint={askedHint(start.requests, name, `現在の会員区分:${place.category}`)}
    />
  );
}

/** 会員区分の変更 of the chosen group; without script of all groups, of which only the chosen one counts. */
function Categories({ start, chosen }: { start: MoveStart; chosen: string }) {
  const hydrated = useHydrated();
  const shown = hydrated ? start.groups.filter((group) => group.id === chosen) : start.groups;
  const seen = new Set<string>();
  return (
    <Section title="会員区分の変更">
      {shown.length === 0 ? <p>グループを選択すると、会員区分を変更できます。</p> : null}
      {shown.map((group) => (
        <div key={group.id}>
          {shown.length > 1 ? <h3>{group.facility}</h3> : null}
          {group.places
            .filter((place) => !seen.has(place.field) && seen.add(place.field))
            .map((place) => (
              <CategoryLine key={`${group.id} ${place.field}`} place={place} start={start} />
            ))}
        </div>
      ))}
    </Section>
  );
}

type FormProps = {
  start: MoveStart & { key: string };
  values: FormValues | undefined;
  errors: Readonly<Record<string, readonly string[]>> | undefined;
};

function StartForm({ start, values, errors }: FormProps) {
  const unsaved = useUnsavedWarning();
  const [chosen, setChosen] = useState(textOf(values?.['affiliationId']) ?? start.written.affiliationId);
  return (
    <Form method="post" {...unsaved}>
      <DefaultSubmit value="next" />
      <FormGuard idempotencyKey={start.key} version={start.version} />
      <FormState errors={errors} values={values}>
        <Reasons start={start} limit={30} />
        <Section title="グループ">
          <Groups start={start} legend="会員区分を変更する医師会を含むグループを選択してください。" onChoose={setChosen} />
          <MoveNotes />
        </Section>
        <Categories start={start} chosen={chosen} />
      </FormState>
      <Actions>
        <Button variant="primary" name="intent" value="next">
          入力フォームに進む
        </Button>
        {start.returned ? null : (
          <Button name="intent" value="save">
            一時保存する
          </Button>
        )}
        <LeaveButton id={start.id} personId={start.personId} sent={start.returned} />
      </Actions>
    </Form>
  );
}

export default function ChangeStartPage({
  loaderData,
  actionData,
}: {
  loaderData: MoveStart & { key: string };
  actionData?: Route.ComponentProps['actionData'];
}) {
  return (
    <>
      <FormHead kind="change" fromEnd={2} returned={loaderData.returned} />
      <RequestsNotice id={loaderData.id ?? ''} requests={loaderData.requests} />
      <ErrorSummary refusal={summaryOfMove(actionData?.refusal, 'グループ')} />
      <p>会員区分変更・医師会の異動を伴わない施設異動の届です。</p>
      {loaderData.groups.length === 0 ? (
        <NoGroup />
      ) : (
        <StartForm start={loaderData} values={actionData?.values} errors={actionData?.refusal.fields} />
      )}
    </>
  );
}
