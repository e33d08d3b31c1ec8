import { Form, useLocation } from 'react-router';
import { newId } from '#kernel/id.ts';
import { refused } from '#kernel/refusal.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { CheckboxGroup } from '#ui/fields/Choices.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import type { Route } from './+types/return.ts';
import { returnCase } from '../../commands/return-case.ts';
import { ending } from '../../queries/office-ending.ts';
import { DecisionFrame, revalidateAfterConflict } from './decision-frame.tsx';
import { EndingPanel } from './ending-panel.tsx';
import { caseTo } from './list-links.ts';
import { errorsAtComments, fieldRequests } from './return-fields.ts';
import { FieldRequests } from './return-requests.tsx';

export const handle = definePage({ id: 'O-06', title: '差戻し', crumb: '差戻し', who: ['office'], audit: 'application.return' });

export const meta = () => [{ title: '差戻し | MAMIS' }];

export const shouldRevalidate = revalidateAfterConflict;

export async function loader({ context, params }: Route.LoaderArgs) {
  return { ...orThrow(await ask(ending, contextOf(context), { id: params.id, use: 'return' })), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  const { fields } = orThrow(await ask(ending, ctx, { id: params.id, use: 'return' }));
  const requests = fieldRequests(
    fields.map(({ code }) => code),
    form.values,
  );
  const { version, reasons, message } = form.input;
  const input = { id: params.id, version, reasons, message, fields: requests.map(({ field, comment }) => ({ field, comment })) };
  const outcome = await run(returnCase, ctx, input, form.key);
  if (!outcome.ok) {
    const errors = errorsAtComments(outcome.refusal.fields ?? {}, requests);
    return refusalData(refused({ ...outcome.refusal, ...(outcome.refusal.fields === undefined ? {} : { fields: errors }) }), form.values);
  }
  return redirectWithFlash(context, caseTo(params.id, new URL(request.url).search), '差戻しました。');
}

export default function Return({ loaderData, actionData }: Route.ComponentProps) {
  const { summary, reasons, whatIf, fields, key } = loaderData;
  const { search } = useLocation();
  return (
    <DecisionFrame summary={summary} word="差戻し" action="return" refusal={actionData?.refusal} values={actionData?.values}>
      <EndingPanel whatIf={whatIf} word="差戻し" />
      <Form method="post">
        <FormGuard idempotencyKey={key} version={summary.version} />
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          <CheckboxGroup name="reasons" label="差戻し理由" required inline options={reasons} />
          <FieldRequests fields={fields} />
          <TextArea
            name="message"
            label="審査時連絡メッセージ"
            required
            limit={1000}
            hint="申請者と、この申請に関わるすべての医師会に表示されます。"
          />
        </FormState>
        <Actions>
          <Button variant="primary">差し戻す</Button>
          <LinkButton to={caseTo(summary.id, search)}>キャンセル</LinkButton>
        </Actions>
      </Form>
    </DecisionFrame>
  );
}
