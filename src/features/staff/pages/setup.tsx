import { Form } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';
import { parseForm } from '#platform/http/form.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { Actions, Button } from '#ui/parts/Button.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { LoginFields } from '#ui/fields/LoginFields.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import type { Route } from './+types/setup.ts';
import { setUp } from '../commands/set-up-first-admin.ts';
import { setupState } from '../queries/setup-state.ts';

export const handle = definePage({
  id: 'setup',
  title: '最初の管理者の登録',
  who: ['guest'],
  audit: 'staff.setUpFirstAdmin',
  limits: { bodyBytes: 16 * 1024, perMinute: 20 },
});

export const meta = () => [{ title: '最初の管理者の登録 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  return orThrow(await setupState(contextOf(context).database));
}

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  orThrow(await setupState(ctx.database));
  const form = await parseForm(request);
  const outcome = await setUp(ctx, form.input);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, '/login', '管理者を登録しました。ログインしてください。');
}

/** Shown only on an installation without any staff (`npm start -- --no-demo`). */
export default function Setup({ actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>最初の管理者の登録</h1>
      <p>日本医師会の管理者を1名登録します。ほかの事務局の利用者は、登録後に管理者から招待します。</p>
      <ErrorSummary refusal={actionData?.refusal} />
      <Form method="post">
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          <TextField
            name="code"
            label="設定コード"
            required
            hint="システムを起動した画面に表示されています"
            autoComplete="off"
            spellCheck={false}
          />
          <TextField name="surnameKana" label="セイ(フリガナ)" required hint="全角カタカナ64文字以内" />
          <TextField name="givenNameKana" label="メイ(フリガナ)" required hint="全角カタカナ64文字以内" />
          <TextField name="surname" label="姓" required hint="全角/半角32文字以内" autoComplete="family-name" />
          <TextField name="givenName" label="名" required hint="全角/半角32文字以内" autoComplete="given-name" />
          <TextField
            name="mail"
            label="メールアドレス"
            required
            hint="半角英数字・記号100文字以内"
            inputMode="email"
            autoComplete="email"
          />
          <LoginFields />
        </FormState>
        <Actions>
          <Button variant="primary">登録する</Button>
        </Actions>
      </Form>
    </>
  );
}
