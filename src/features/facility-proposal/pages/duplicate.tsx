import { data, Form } from 'react-router';
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
import { TextArea } from '#ui/fields/TextArea.tsx';
import { Actions, Button, DefaultSubmit, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import type { Route } from './+types/duplicate.ts';
import { reportDuplicate } from '../commands/report.ts';
import { names } from '../labels.ts';
import { texts } from '../messages.ts';
import { reportStart } from '../queries/forms.ts';
import { OtherFacility } from './other-facility.tsx';
import { searchedForOther, textOf } from './search-action.ts';

export const handle = definePage({
  id: 'O-14',
  title: '重複の報告',
  crumb: '重複の報告',
  under: [{ label: '施設の所属会員', up: 1 }],
  who: ['office'],
  layers: [2, 3, 4],
  audit: 'facility.reportDuplicate',
});

export const meta = () => [{ title: '重複の報告 | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  return { start: orThrow(await ask(reportStart, contextOf(context), { id: params.id, otherId: '' })), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  const otherId = textOf(form.values, 'otherId');
  const { chosen } = orThrow(await ask(reportStart, ctx, { id: params.id, otherId }));
  if (form.intent === 'search:otherId') return data(await searchedForOther(ctx, form.values));
  const outcome = await run(reportDuplicate, ctx, { ...form.input, id: params.id }, form.key);
  if (outcome.ok) return redirectWithFlash(context, `/office/facilities/proposals/${outcome.value.id}`, texts.proposed);
  const refused = refusalData(outcome, form.values);
  return data({ ...refused.data, hits: undefined, chosen }, refused.init ?? {});
}

/** 重複を報告する (`screens.md O-14`). */
export default function ReportDuplicate({ loaderData, actionData }: Route.ComponentProps) {
  const { start, key } = loaderData;
  return (
    <>
      <h1>重複の報告</h1>
      <p>同じ施設が二つ登録されているときに報告してください。都道府県医師会が確認し、日本医師会が一つに統合します。</p>
      <ErrorSummary refusal={actionData?.refusal} />
      <Section title={start.name}>
        <DefinitionTable items={start.facts} />
      </Section>
      <Form method="post">
        <DefaultSubmit value="" />
        <FormGuard idempotencyKey={key} />
        <FormState errors={actionData?.refusal?.fields} values={actionData?.values}>
          <OtherFacility label={names.other} hits={actionData?.hits} chosen={actionData?.chosen} />
          <TextArea name="reason" label={names.reason} required limit={500} hint="同じ施設であることを確かめた方法を入力してください。" />
        </FormState>
        <Actions>
          <Button variant="primary">報告する</Button>
          <LinkButton to={`/office/facilities/${start.id}`}>戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
