import { Form } from 'react-router';
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
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import type { Route } from './+types/change.ts';
import { proposeChange } from '../commands/propose.ts';
import { texts } from '../messages.ts';
import { changeStart } from '../queries/forms.ts';
import { FacilityFields } from './facility-fields.tsx';

export const handle = definePage({
  id: 'O-14',
  title: '施設情報の変更の提案',
  crumb: '変更の提案',
  under: [{ label: '施設の所属会員', up: 1 }],
  who: ['office'],
  layers: [2, 3, 4],
  audit: 'facility.proposeChange',
});

export const meta = () => [{ title: '施設情報の変更の提案 | MAMIS' }];

/** After a conflict the form carries the version that stands now. */
export const shouldRevalidate = ({ actionStatus, defaultShouldRevalidate }: { actionStatus?: number; defaultShouldRevalidate: boolean }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ context, params }: Route.LoaderArgs) {
  return { start: orThrow(await ask(changeStart, contextOf(context), { id: params.id })), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  orThrow(await ask(changeStart, ctx, { id: params.id }));
  const form = await parseForm(request);
  const outcome = await run(proposeChange, ctx, { ...form.input, id: params.id }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, `/office/facilities/proposals/${outcome.value.id}`, texts.proposed);
}

/** 施設情報の変更を提案する (`screens.md O-14`). */
export default function ProposeChange({ loaderData, actionData }: Route.ComponentProps) {
  const { start, key } = loaderData;
  return (
    <>
      <h1>施設情報の変更の提案</h1>
      <p>{`施設:${start.name}`}</p>
      <p>変更する項目を書き換えてください。都道府県医師会が承認すると、この施設に所属するすべての医師の表示が変わります。</p>
      <ErrorSummary refusal={actionData?.refusal} />
      <Form method="post" key={start.version}>
        <FormGuard idempotencyKey={key} version={start.version} />
        <FormState errors={actionData?.refusal.fields} values={actionData?.values ?? start.content}>
          <FacilityFields choices={start.choices} />
        </FormState>
        <Actions>
          <Button variant="primary">提案する</Button>
          <LinkButton to={`/office/facilities/${start.id}`}>戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
