import { data, Form } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { Checkbox } from '#ui/fields/Choices.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, DefaultSubmit, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import type { Route } from './+types/tie.ts';
import { tieFacility } from '../commands/tie.ts';
import { names } from '../labels.ts';
import { texts } from '../messages.ts';
import { tieStart } from '../queries/forms.ts';
import { OtherFacility } from './other-facility.tsx';
import { searchedForOther, textOf } from './search-action.ts';

export const handle = definePage({
  id: 'O-14',
  title: '既存の施設への結び付け',
  crumb: '既存の施設への結び付け',
  under: [{ label: '施設の所属会員', up: 1 }],
  who: ['office'],
  layers: [2, 3, 4],
  audit: 'facility.tie',
});

export const meta = () => [{ title: '既存の施設への結び付け | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  return { start: orThrow(await ask(tieStart, contextOf(context), { id: params.id, otherId: '' })), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  const otherId = textOf(form.values, 'otherId');
  if (form.intent === 'search:otherId') return data(await searchedForOther(ctx, form.values));
  const outcome = await run(tieFacility, ctx, { ...form.input, id: params.id }, form.key);
  if (outcome.ok) return redirectWithFlash(context, `/office/facilities/${outcome.value.id}`, texts.tied);
  const start = await ask(tieStart, ctx, { id: params.id, otherId });
  // Somebody else was faster: there is nothing to tie any more, and the facility says what has become of it.
  if (!start.ok && outcome.refusal.code === 'conflict')
    return redirectWithFlash(context, `/office/facilities/${params.id}`, texts.noLongerTyped);
  const refused = refusalData(outcome, form.values);
  return data({ ...refused.data, hits: undefined, chosen: orThrow(start).chosen }, refused.init ?? {});
}

/** 既存の施設に結び付ける (`screens.md O-14`). */
export default function TieFacility({ loaderData, actionData }: Route.ComponentProps) {
  const { start, key } = loaderData;
  return (
    <>
      <h1>既存の施設への結び付け</h1>
      <p>
        医師が入力した施設名が、施設マスタの施設と同じときに結び付けてください。この施設名で所属する医師は、本日から選択した施設の所属になり、本人にメールでお知らせします。前日までの所属の記録は変わりません。
      </p>
      <ErrorSummary refusal={actionData?.refusal} />
      <Section title={start.name}>
        <DefinitionTable items={start.facts} />
      </Section>
      <Form method="post">
        <DefaultSubmit value="" />
        <FormGuard idempotencyKey={key} version={start.version} />
        <FormState errors={actionData?.refusal?.fields} values={actionData?.values}>
          <OtherFacility label={names.target} hits={actionData?.hits} chosen={actionData?.chosen} />
          <Checkbox name="confirmed" label={names.tieConfirmed} />
        </FormState>
        <Actions>
          <Button variant="primary">結び付ける</Button>
          <LinkButton to={`/office/facilities/${start.id}`}>戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
