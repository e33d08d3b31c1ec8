import { data, Form } from 'react-router';
import { parseForm } from '#platform/http/form.ts';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, refusalData } from '#platform/http/respond.ts';
import { DateField } from '#ui/fields/DateField.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import type { Route } from './+types/recover-password.ts';
import { recoverPassword } from '../commands/recover.ts';
import { mailTimes } from '../queries/registration.ts';
import { SentAnswer } from './sent-answer.tsx';

export const handle = definePage({
  id: 'A-11-password',
  title: 'パスワードを忘れた',
  who: everybody,
  audit: 'entrance.askReset',
  limits: { bodyBytes: 4 * 1024, perMinute: 30 },
  crumb: 'パスワードを忘れた',
});

export const meta = () => [{ title: 'パスワードを忘れた | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  return orThrow(await mailTimes(contextOf(context)));
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await recoverPassword(contextOf(context), form.input);
  return outcome.ok ? data({ sent: true as const }) : refusalData(outcome, form.values);
}

/** the same answer whether anybody was found or not. */
export default function RecoverPassword({ loaderData, actionData }: Route.ComponentProps) {
  if (actionData !== undefined && 'sent' in actionData) return <SentAnswer title="パスワードを忘れた" domain={loaderData.domain} />;
  return (
    <>
      <h1>パスワードを忘れた</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <Form method="post">
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          <TextField name="loginId" label="ログインID" required autoComplete="username" spellCheck={false} />
          <DateField name="birthOn" label="生年月日(医師の方)" plain hint="例:1980/04/01、昭和55年4月1日" />
          <TextField
            name="mail"
            label="登録メールアドレス(事務局の方)"
            width="wide"
            inputMode="email"
            autoComplete="email"
            spellCheck={false}
          />
        </FormState>
        <Actions>
          <Button variant="primary">送信する</Button>
          <LinkButton to="/recover">戻る</LinkButton>
          <LinkButton to="/login">ログインページに戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
