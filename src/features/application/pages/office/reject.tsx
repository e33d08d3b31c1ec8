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
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/reject.ts';
import { reject } from '../../commands/reject.ts';
import { ending } from '../../queries/office-ending.ts';
import { DecisionFrame, revalidateAfterConflict } from './decision-frame.tsx';
import { EndingPanel } from './ending-panel.tsx';
import { caseTo } from './list-links.ts';

export const handle = definePage({ id: 'O-06', title: '非承認', crumb: '非承認', who: ['office'], audit: 'application.reject' });

export const meta = () => [{ title: '非承認 | MAMIS' }];

export const shouldRevalidate = revalidateAfterConflict;

export async function loader({ context, params }: Route.LoaderArgs) {
  return { ...orThrow(await ask(ending, contextOf(context), { id: params.id, use: 'reject' })), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(reject, contextOf(context), { ...form.input, id: params.id }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, caseTo(params.id, new URL(request.url).search), '非承認にしました。');
}

export default function Reject({ loaderData, actionData }: Route.ComponentProps) {
  const { summary, reasons, whatIf, key } = loaderData;
  const { search } = useLocation();
  return (
    <DecisionFrame summary={summary} word="非承認" action="reject" refusal={actionData?.refusal} values={actionData?.values}>
      <Notice tone="warn" title="非承認にすると、この申請は終了します。下層の医師会の会員資格はそのまま残ります。" />
      <EndingPanel whatIf={whatIf} word="非承認" />
      <Form method="post">
        <FormGuard idempotencyKey={key} version={summary.version} />
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          <SelectField name="reason" label="非承認理由" required options={reasons} />
          <TextArea
            name="message"
            label="審査時連絡メッセージ"
            required
            limit={1000}
            hint="申請者と、この申請に関わるすべての医師会に表示されます。"
          />
        </FormState>
        <Actions>
          <Button variant="danger">非承認にする</Button>
          <LinkButton to={caseTo(summary.id, search)}>キャンセル</LinkButton>
        </Actions>
      </Form>
    </DecisionFrame>
  );
}
