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
import type { Route } from './+types/cancel.ts';
import { cancel } from '../../commands/cancel.ts';
import { ending } from '../../queries/office-ending.ts';
import { DecisionFrame, revalidateAfterConflict } from './decision-frame.tsx';
import { EndingPanel } from './ending-panel.tsx';
import { caseTo } from './list-links.ts';

export const handle = definePage({ id: 'O-06', title: '取消', crumb: '取消', who: ['office'], audit: 'application.cancel' });

export const meta = () => [{ title: '取消 | MAMIS' }];

export const shouldRevalidate = revalidateAfterConflict;

export async function loader({ context, params }: Route.LoaderArgs) {
  return { ...orThrow(await ask(ending, contextOf(context), { id: params.id, use: 'cancel' })), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(cancel, contextOf(context), { ...form.input, id: params.id }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, caseTo(params.id, new URL(request.url).search), '取り消しました。');
}

export default function Cancel({ loaderData, actionData }: Route.ComponentProps) {
  const { summary, reasons, whatIf, key } = loaderData;
  const { search } = useLocation();
  return (
    <DecisionFrame summary={summary} word="取消" action="cancel" refusal={actionData?.refusal} values={actionData?.values}>
      <Notice tone="warn" title="この申請を取り消します。取り消した申請は元に戻せません。" />
      <EndingPanel whatIf={whatIf} word="取消" />
      <Form method="post">
        <FormGuard idempotencyKey={key} version={summary.version} />
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          <SelectField name="reason" label="取消理由" required options={reasons} />
          <TextArea
            name="note"
            label="取消理由の補足"
            limit={200}
            rows={2}
            hint="「その他」を選んだときは必ず入力してください。申請者と、この申請に関わるすべての医師会に表示されます。"
          />
        </FormState>
        <Actions>
          <Button variant="danger">申請を取り消す</Button>
          <LinkButton to={caseTo(summary.id, search)}>取り消さずに戻る</LinkButton>
        </Actions>
      </Form>
    </DecisionFrame>
  );
}
