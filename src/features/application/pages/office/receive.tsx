import { Form, useLocation } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { Checkbox } from '#ui/fields/Choices.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import type { Route } from './+types/receive.ts';
import { receive } from '../../commands/receive.ts';
import { decision } from '../../queries/office-decision.ts';
import { DecisionFrame, revalidateAfterConflict } from './decision-frame.tsx';
import { caseTo } from './list-links.ts';

export const handle = definePage({ id: 'O-06', title: '受付', crumb: '受付', who: ['office'], audit: 'application.receive' });

export const meta = () => [{ title: '受付 | MAMIS' }];

export const shouldRevalidate = revalidateAfterConflict;

export async function loader({ context, params }: Route.LoaderArgs) {
  const { summary, licenceChecked } = orThrow(await ask(decision, contextOf(context), { id: params.id }));
  return { summary, licenceChecked, key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(receive, contextOf(context), { ...form.input, id: params.id }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, caseTo(params.id, new URL(request.url).search), '受付しました。');
}

export default function Receive({ loaderData, actionData }: Route.ComponentProps) {
  const { summary, licenceChecked, key } = loaderData;
  const { search } = useLocation();
  return (
    <DecisionFrame summary={summary} word="受付" action="receive" refusal={actionData?.refusal} values={actionData?.values}>
      <Form method="post">
        <FormGuard idempotencyKey={key} version={summary.version} />
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          {licenceChecked ? null : (
            <Checkbox
              name="licenceSeen"
              label="医師免許証を確認しました"
              hint="チェックを入れると、医籍登録番号の(確認前)の表示がなくなります。"
            />
          )}
          <Checkbox
            name="withoutMail"
            label="申請者に受付のメールを送らない"
            hint="チェックを入れなければ、「申請を受付しました」のメールが申請者に届きます。"
          />
        </FormState>
        <Actions>
          <Button variant="primary">受付する</Button>
          <LinkButton to={caseTo(summary.id, search)}>キャンセル</LinkButton>
        </Actions>
      </Form>
    </DecisionFrame>
  );
}
