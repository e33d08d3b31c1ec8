import { Form, redirect } from 'react-router';
import { parseForm } from '#platform/http/form.ts';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import type { Route } from './+types/initial-password.ts';
import { linkOfInitialPassword } from '../queries/invitation.ts';

export const handle = definePage({
  id: 'A-13',
  title: '初期パスワードの入力',
  who: everybody,
  audit: { none: 'only leads to the invitation that a secret belongs to' },
  limits: { bodyBytes: 4 * 1024, perMinute: 30 },
});

export const meta = () => [{ title: '初期パスワードの入力 | MAMIS' }];

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const found = await linkOfInitialPassword(contextOf(context), form.input);
  if (found.ok) return redirect(`/invitations/${found.value}`, 303);
  return refusalData(found, {});
}

/** A-13 for those whom no mail reaches: what their 管理者 has handed them. */
export default function InitialPassword({ actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>初期パスワードの入力</h1>
      <p>所属医師会の管理者から受け取った初期パスワードを入力してください。次の画面で、ご自身のログインIDとパスワードを決めます。</p>
      <ErrorSummary refusal={actionData?.refusal} />
      <Form method="post">
        <FormState errors={actionData?.refusal.fields}>
          <TextField
            name="initialPassword"
            label="初期パスワード"
            required
            hint="例:ABCD-EFGH-JKMN-PQRS(大文字・小文字、ハイフンの有無は問いません)"
            autoComplete="off"
            spellCheck={false}
          />
        </FormState>
        <Actions>
          <Button variant="primary" size="large">
            次へ
          </Button>
          <LinkButton to="/login">ログインページに戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
