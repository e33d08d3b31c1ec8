import { Form, redirect } from 'react-router';
import { parseForm } from '#platform/http/form.ts';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf, stateOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { Checkbox } from '#ui/fields/Choices.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { loginIdHint, NewPasswordFields } from '#ui/fields/LoginFields.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/reset.ts';
import { reset } from '../commands/reset.ts';
import { texts } from '../messages.ts';
import { resetLink } from '../queries/links.ts';

export const handle = definePage({
  id: 'A-12',
  title: 'パスワードの再設定',
  who: everybody,
  audit: 'entrance.resetPassword',
  limits: { bodyBytes: 4 * 1024, perMinute: 30 },
  crumb: 'パスワードの再設定',
});

export const meta = () => [{ title: 'パスワードの再設定 | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  const { state, hours, factor, loginId } = orThrow(await resetLink(contextOf(context), params.token));
  return { state, hours, factor, loginId };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const form = await parseForm(request);
  const { context: ctx, userAgent, cookies } = stateOf(context);
  const outcome = await reset(ctx, { token: params.token, userAgent }, form.input);
  if (!outcome.ok) {
    if (outcome.refusal.code !== 'notFound') return refusalData(outcome, form.values);
    // The page says what has become of the link.
    return redirect(`/reset/${encodeURIComponent(params.token)}`, 303);
  }
  cookies.endSession();
  return redirectWithFlash(context, '/login', outcome.value.loginId === undefined ? texts.passwordChanged : texts.loginChanged);
}

type Asked = Pick<Route.ComponentProps['loaderData'], 'factor' | 'loginId'>;

function NewPassword({ actionData, factor, loginId }: Pick<Route.ComponentProps, 'actionData'> & Asked) {
  return (
    <>
      <ErrorSummary refusal={actionData?.refusal} />
      <Form method="post">
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          {loginId === undefined ? null : (
            <TextField
              name="newLoginId"
              label="新しいログインID"
              hint={`現在のログインIDは ${loginId} です。変えない場合は、入力しないでください(${loginIdHint})`}
              autoComplete="username"
              spellCheck={false}
            />
          )}
          <NewPasswordFields label="新しいパスワード" />
          {factor ? (
            <TextField
              name="code"
              label="確認コード"
              required={loginId === undefined}
              hint="認証アプリに表示されている6桁の数字。使えない場合は、控えた8文字のリカバリーコード"
              autoComplete="one-time-code"
              spellCheck={false}
            />
          ) : null}
          {factor && loginId !== undefined ? (
            <Checkbox
              name="liftFactor"
              label={texts.liftFactor}
              hint="チェックした場合、確認コードは入力しないでください。ログインした後で、もう一度設定できます"
            />
          ) : null}
        </FormState>
        <Actions>
          <Button variant="primary">変更する</Button>
          <LinkButton to="/login">ログインページに戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}

/** a new password by the link of M-04. */
export default function Reset({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>パスワードの再設定</h1>
      {loaderData.state === 'open' ? (
        <NewPassword actionData={actionData} factor={loaderData.factor} loginId={loaderData.loginId} />
      ) : (
        <>
          <Notice tone="warn" title={loaderData.state === 'used' ? texts.used : texts.resetExpired(loaderData.hours)} />
          <Actions>
            <LinkButton to="/recover">ログインにお困りの方へ戻る</LinkButton>
          </Actions>
        </>
      )}
    </>
  );
}
