import { Form, redirect } from 'react-router';
import { refuse } from '#kernel/refusal.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { localPath } from '#platform/http/local-path.ts';
import { stateOf } from '#platform/http/request-context.ts';
import { redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { Checkbox } from '#ui/fields/Choices.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import type { Route } from './+types/second-factor.ts';
import { isTrustingDoctor, readHalfway, trustText } from '../commands/halfway.ts';
import { enter } from '../commands/open-session.ts';
import { checkFactor } from '../commands/second-factor.ts';
import { signInMessages } from '../messages.ts';
import { homeOf } from '../rules.ts';

export const handle = definePage({
  id: 'A-02',
  title: '2段階認証',
  who: ['guest'],
  audit: 'identity.useSecondFactor',
  limits: { bodyBytes: 4 * 1024, perMinute: 60 },
});

export const meta = () => [{ title: '2段階認証 | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const { cookies, context: ctx } = stateOf(context);
  const halfway = readHalfway(cookies.kept('mamis-step'), ctx.now);
  if (halfway?.next !== 'code') throw redirect('/login');
  const recovery = new URL(request.url).searchParams.has('recovery');
  return { recovery, mayTrust: await isTrustingDoctor(ctx, halfway.accountId) };
}

export async function action({ context, request }: Route.ActionArgs) {
  const { cookies, context: ctx, token, userAgent } = stateOf(context);
  const halfway = readHalfway(cookies.kept('mamis-step'), ctx.now);
  if (halfway?.next !== 'code') return redirectWithFlash(context, '/login', signInMessages.tooLate);
  const form = await parseForm(request);
  const code = form.input['code'];
  const { accountId } = halfway;
  const typed = { code: typeof code === 'string' ? code.slice(0, 40) : '', recovery: form.input['recovery'] === '1' };
  const checked = await checkFactor(ctx, accountId, typed);
  if (!checked.ok) return refusalData(checked.refusal.code === 'notFound' ? refuse('conflict') : checked, {});
  const entered = await enter(ctx, accountId, { token, userAgent, knowsDevice: cookies.knowsDevice });
  if (!entered.ok) return redirectWithFlash(context, '/login', signInMessages.notUsable);
  if (form.input['trust'] === '1' && entered.value.actor.kind === 'doctor') {
    const trust = await trustText(ctx, accountId);
    cookies.keep('mamis-trust', trust.text, trust.seconds);
  }
  cookies.forget('mamis-step');
  cookies.startSession(entered.value.token);
  cookies.rememberDevice(accountId);
  return redirect(localPath(new URL(request.url).searchParams.get('next')) ?? homeOf(entered.value.actor), 303);
}

function CodeField({ recovery }: { recovery: boolean }) {
  return recovery ? (
    <>
      <input type="hidden" name="recovery" value="1" />
      <TextField
        name="code"
        label="リカバリーコード"
        required
        hint="控えた8文字のコード。1つにつき1回使えます"
        autoComplete="off"
        spellCheck={false}
      />
    </>
  ) : (
    <TextField
      name="code"
      label="確認コード"
      required
      width="short"
      hint="認証アプリに表示されている6桁の数字"
      inputMode="numeric"
      autoComplete="one-time-code"
    />
  );
}

/** the second proof of identity after the password. */
export default function SecondFactor({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>2段階認証</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <Form method="post">
        <FormState errors={actionData?.refusal.fields}>
          <CodeField recovery={loaderData.recovery} />
          {loaderData.mayTrust ? (
            <Checkbox name="trust" label="この端末では30日間省略する" hint="共用のパソコンではチェックしないでください" />
          ) : null}
        </FormState>
        <Actions>
          <Button variant="primary" size="large">
            ログイン
          </Button>
          {loaderData.recovery ? (
            <LinkButton to="/login/second-factor">認証アプリのコードを使う</LinkButton>
          ) : (
            <LinkButton to="/login/second-factor?recovery=1">リカバリーコードを使う</LinkButton>
          )}
          <LinkButton to="/login">戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
