import { data, Form } from 'react-router';
import { parseForm } from '#platform/http/form.ts';
import { pagePath } from '#platform/http/guard.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf, stateOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { PasswordField } from '#ui/fields/PasswordField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { MailHint } from '#ui/parts/MailHint.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { MailChanges } from '#features/identity/pages/mail-changes.tsx';
import { ownAccount } from '#features/identity/queries/own-account.ts';
import type { Route } from './+types/account-mail.ts';
import { requestNewMail } from '../commands/change-mail.ts';
import { tendMailChange } from '../commands/tend-mail-change.ts';
import { mailTimes } from '../queries/registration.ts';

export const handle = definePage({
  id: 'D-05-mail',
  title: 'メールアドレスの変更',
  crumb: 'メールアドレスの変更',
  who: ['doctor', 'office', 'operations'],
  roles: ['admin', 'clerk', 'trainingContractor'],
  audit: 'entrance.askNewMail',
  limits: { bodyBytes: 4 * 1024, perMinute: 30 },
});

export const meta = () => [{ title: 'メールアドレスの変更 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const { mailChanges } = orThrow(await ownAccount(ctx, stateOf(context).session));
  return { ...orThrow(await mailTimes(ctx)), mailChanges };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const done = await tendMailChange(contextOf(context), form.intent);
  if (done !== undefined) {
    const back = pagePath(new URL(request.url)).pathname.replace(/\/mail$/, '');
    return done.ok ? redirectWithFlash(context, back, done.value) : refusalData(done, {});
  }
  const password = form.input['passwordForMail'];
  const outcome = await requestNewMail(contextOf(context), form.input, typeof password === 'string' ? password.slice(0, 1000) : '');
  return outcome.ok ? data({ sent: true as const }) : refusalData(outcome, form.values);
}

function Sent({ hours, domain }: { hours: number; domain: string }) {
  return (
    <>
      <h1>メールアドレスの変更</h1>
      <Notice title="新しいメールアドレスに確認メールを送信しました。">
        <p>変更はまだ完了していません。メールに記載のURLで確認してください。</p>
        <p>{`URLの有効期限は送信後${hours}時間です。`}</p>
      </Notice>
      <MailHint domain={domain} />
      <Actions>
        <LinkButton to=".." relative="path">
          ログイン情報に戻る
        </LinkButton>
      </Actions>
    </>
  );
}

/** メールアドレス of D-05 and O-27. */
export default function AccountMail({ loaderData, actionData }: Route.ComponentProps) {
  if (actionData !== undefined && 'sent' in actionData) return <Sent hours={loaderData.hours} domain={loaderData.domain} />;
  return (
    <>
      <h1>メールアドレスの変更</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <MailChanges changes={loaderData.mailChanges} to="." />
      <p className="my-4">
        新しいメールアドレスに届くURLで確認し、これまでのメールアドレスでも同意すると、すぐに変更されます。同意がない場合は、
        {loaderData.changeHours}
        時間後に変更されます。
      </p>
      <Form method="post">
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          <TextField
            name="mail"
            label="メールアドレス"
            required
            width="wide"
            hint="半角英数字・記号100文字以内"
            inputMode="email"
            spellCheck={false}
          />
          <TextField
            name="mailRepeat"
            label="メールアドレス(確認)"
            required
            width="wide"
            hint="確認のため再度ご入力ください"
            inputMode="email"
            spellCheck={false}
          />
          <PasswordField name="passwordForMail" label="現在のパスワード" required autoComplete="current-password" />
        </FormState>
        <Actions>
          <Button variant="primary">確認メールを送信する</Button>
          <LinkButton to=".." relative="path">
            戻る
          </LinkButton>
        </Actions>
      </Form>
    </>
  );
}
