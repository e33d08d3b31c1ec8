import { Form, useLocation } from 'react-router';
import { newId } from '#kernel/id.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import type { Route } from './+types/message.ts';
import { sendMessageWithFiles } from '../../commands/send-message.ts';
import { officeSummary } from '../../queries/office-decision.ts';
import { DecisionFrame } from './decision-frame.tsx';
import { caseTo } from './list-links.ts';
import { renamed } from './note-errors.ts';
import { MessageField } from './note-fields.tsx';
import { filesUnder } from '#platform/http/files-under.ts';

export const handle = definePage({
  id: 'O-05',
  title: '審査時連絡メッセージ',
  crumb: '審査時連絡メッセージ',
  who: ['office'],
  audit: 'application.message',
  // A message may carry files.
  limits: { bodyBytes: 32 * 1024 * 1024 },
});

export const meta = () => [{ title: '審査時連絡メッセージ | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  return { summary: orThrow(await ask(officeSummary, contextOf(context), { id: params.id })), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const { messageBody, messageFiles } = form.input;
  const outcome = await sendMessageWithFiles(contextOf(context), {
    id: params.id,
    body: messageBody,
    files: filesUnder(messageFiles),
    key: form.key,
  });
  if (!outcome.ok) return refusalData(renamed(outcome, { body: 'messageBody', files: 'messageFiles' }), form.values);
  return redirectWithFlash(context, `${caseTo(params.id, new URL(request.url).search)}#messages`, '送信しました。');
}

/** Comes into sight when a message could not be sent from the detail page, with everything typed. */
export default function Message({ loaderData, actionData }: Route.ComponentProps) {
  const { summary, key } = loaderData;
  const { search } = useLocation();
  return (
    <DecisionFrame summary={summary} word="審査時連絡メッセージ" action="message" refusal={actionData?.refusal} values={actionData?.values}>
      <Form method="post" encType="multipart/form-data">
        <FormGuard idempotencyKey={key} />
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          <MessageField />
        </FormState>
        <Actions>
          <Button variant="primary">送信する</Button>
          <LinkButton to={caseTo(summary.id, search)}>キャンセル</LinkButton>
        </Actions>
      </Form>
    </DecisionFrame>
  );
}
