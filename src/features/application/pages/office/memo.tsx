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
import type { Route } from './+types/memo.ts';
import { postMemo } from '../../commands/correspond.ts';
import { officeSummary } from '../../queries/office-decision.ts';
import { DecisionFrame } from './decision-frame.tsx';
import { caseTo } from './list-links.ts';
import { renamed } from './note-errors.ts';
import { MemoFields } from './note-fields.tsx';

export const handle = definePage({ id: 'O-05', title: '事務局メモ', crumb: '事務局メモ', who: ['office'], audit: 'application.memo' });

export const meta = () => [{ title: '事務局メモ | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  return { summary: orThrow(await ask(officeSummary, contextOf(context), { id: params.id })), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(
    postMemo,
    contextOf(context),
    { id: params.id, body: form.input['memoBody'], ownOfficeOnly: form.input['ownOfficeOnly'] },
    form.key,
  );
  if (!outcome.ok) return refusalData(renamed(outcome, { body: 'memoBody' }), form.values);
  return redirectWithFlash(context, `${caseTo(params.id, new URL(request.url).search)}#memos`, '保存しました。');
}

/** Comes into sight when a memo could not be kept from the detail page, with everything typed. */
export default function Memo({ loaderData, actionData }: Route.ComponentProps) {
  const { summary, key } = loaderData;
  const { search } = useLocation();
  return (
    <DecisionFrame summary={summary} word="事務局メモ" action="memo" refusal={actionData?.refusal} values={actionData?.values}>
      <Form method="post">
        <FormGuard idempotencyKey={key} />
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          <MemoFields />
        </FormState>
        <Actions>
          <Button variant="primary">保存する</Button>
          <LinkButton to={caseTo(summary.id, search)}>キャンセル</LinkButton>
        </Actions>
      </Form>
    </DecisionFrame>
  );
}
