import { Form, useLocation } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import type { Route } from './+types/attention.ts';
import { setAttention } from '../../commands/correspond.ts';
import { officeSummary } from '../../queries/office-decision.ts';
import { DecisionFrame, revalidateAfterConflict } from './decision-frame.tsx';
import { caseTo } from './list-links.ts';
import { renamed } from './note-errors.ts';
import { AttentionField } from './note-fields.tsx';

export const handle = definePage({ id: 'O-05', title: '要注意', crumb: '要注意', who: ['office'], audit: 'application.attention' });

export const meta = () => [{ title: '要注意 | MAMIS' }];

export const shouldRevalidate = revalidateAfterConflict;

export async function loader({ context, params }: Route.LoaderArgs) {
  return { summary: orThrow(await ask(officeSummary, contextOf(context), { id: params.id })), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(
    setAttention,
    contextOf(context),
    { ...form.input, id: params.id, reason: form.input['attentionReason'] },
    form.key,
  );
  if (!outcome.ok) return refusalData(renamed(outcome, { reason: 'attentionReason' }), form.values);
  return redirectWithFlash(context, `${caseTo(params.id, new URL(request.url).search)}#attention`, '保存しました。');
}

/** Comes into sight when the mark could not be changed from the detail page, with everything typed. */
export default function Attention({ loaderData, actionData }: Route.ComponentProps) {
  const { summary, key } = loaderData;
  const { search } = useLocation();
  return (
    <DecisionFrame summary={summary} word="要注意" action="attention" refusal={actionData?.refusal} values={actionData?.values}>
      <Form method="post">
        <FormGuard idempotencyKey={key} version={summary.version} />
        <input type="hidden" name="attention" value={summary.attention ? 'off' : 'on'} />
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          {summary.attention ? null : <AttentionField />}
        </FormState>
        <Actions>
          <Button variant="primary">{summary.attention ? '要注意を解除する' : '要注意にする'}</Button>
          <LinkButton to={caseTo(summary.id, search)}>キャンセル</LinkButton>
        </Actions>
      </Form>
    </DecisionFrame>
  );
}
