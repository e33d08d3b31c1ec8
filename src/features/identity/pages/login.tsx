import { data, Form, Link, Outlet, redirect } from 'react-router';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { parseForm } from '#platform/http/form.ts';
import { localPath } from '#platform/http/local-path.ts';
import { contextOf, stateOf } from '#platform/http/request-context.ts';
import { waitOf } from '#platform/http/respond.ts';
import { Button, Actions } from '#ui/parts/Button.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { PasswordField } from '#ui/fields/PasswordField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import type { Route } from './+types/login.ts';
import { type Halfway, halfwayIn, halfwayText } from '../commands/halfway.ts';
import { logIn } from '../commands/log-in.ts';
import { logInWithPasskey } from '../commands/passkey-sign-in.ts';
import { homeOf } from '../rules.ts';
import { passkeyAnswer } from './passkey-challenge.ts';
import { PasskeyForm } from './passkey-form.tsx';
import { statusOf } from '#kernel/refusal.ts';

export const handle = definePage({
  id: 'A-01',
  title: '会員・事務局 ログイン',
  who: everybody,
  audit: 'identity.logIn',
  limits: { bodyBytes: 16 * 1024, perMinute: 240 },
});

export const meta = () => [{ title: '会員・事務局 ログイン | MAMIS' }];

export function loader({ context, request }: Route.LoaderArgs) {
  const { actor } = contextOf(context);
  const query = new URL(request.url).searchParams;
  const next = localPath(query.get('next'));
  if (actor.kind !== 'guest') throw redirect(next ?? homeOf(actor));
  return { asked: next !== undefined, timedOut: query.has('timeout') };
}

export async function action({ context, request }: Route.ActionArgs) {
  const state = stateOf(context);
  const form = await parseForm(request);
  const { token, userAgent, cookies } = state;
  const trust = cookies.kept('mamis-trust');
  const browser = { token, userAgent, knowsDevice: cookies.knowsDevice, trust };
  const outcome =
    form.intent === 'passkey'
      ? await logInWithPasskey(state.context, passkeyAnswer(context, form), browser)
      : await logIn(state.context, form.input, browser);
  if (!outcome.ok) {
    const { refusal } = outcome;
    const halfway = halfwayIn(refusal.current);
    if (halfway !== undefined) return toSecondStep(context, halfway, localPath(new URL(request.url).searchParams.get('next')));
    return data({ refusal, values: form.values }, { status: statusOf(refusal), headers: waitOf(refusal) });
  }
  const { actor } = outcome.value;
  cookies.startSession(outcome.value.token);
  cookies.rememberDevice(actor.accountId);
  return redirect(localPath(new URL(request.url).searchParams.get('next')) ?? homeOf(actor), 303);
}

const halfwaySeconds = 600;

/** The password was right: the browser carries on to the second proof. */
function toSecondStep(provider: Route.ActionArgs['context'], halfway: Halfway, next: string | undefined) {
  const { cookies, context: ctx } = stateOf(provider);
  cookies.keep('mamis-step', halfwayText(halfway, ctx.now), halfwaySeconds);
  const query = next === undefined ? '' : `?next=${encodeURIComponent(next)}`;
  if (halfway.next === 'first') return redirect('/first-login', 303);
  return redirect(halfway.next === 'setup' ? '/login/second-factor/setup' : `/login/second-factor${query}`, 303);
}

/** Why one has been brought here; a message of the form says more than this. */
function Why({ asked, timedOut }: { asked: boolean; timedOut: boolean }) {
  if (timedOut) {
    return <Notice title="一定時間操作がなかったため、ログアウトしました。入力中の申請は一時保存されています。" />;
  }
  return asked ? <Notice title="ログインしてください。" /> : null;
}

/** The other ways of A-01. */
function OtherWays() {
  return (
    <ul className="ui-links mt-8">
      <li>
        <Link to="/register">初めてご利用の方(利用者登録)</Link>
      </li>
      <li>
        <Link to="/recover/login-id">ログインIDをお忘れの方</Link>
      </li>
      <li>
        <Link to="/recover/password">パスワードをお忘れの方</Link>
      </li>
      <li>
        <Link to="/recover">その他、ログインにお困りの方</Link>
      </li>
      <li>
        <Link to="/verify">在籍証明書の確認</Link>
      </li>
      <li>
        <Link to="/contact">お問合せフォーム</Link>
      </li>
      <li>
        <Link to="/status">稼働状況</Link>
      </li>
    </ul>
  );
}

function OfficeHelp() {
  return (
    <details className="mt-6">
      <summary>医師会事務局の方でログインできない場合</summary>
      <p>所属医師会の管理者にご連絡ください。管理者がいない場合は、日本医師会会員情報室へご連絡ください。</p>
      <p className="ui-links">
        <Link to="/invitations">初期パスワードをお持ちの方</Link>
      </p>
    </details>
  );
}

export default function Login({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>会員・事務局 ログイン</h1>
      {actionData ? null : <Why asked={loaderData.asked} timedOut={loaderData.timedOut} />}
      <div className="grid items-start gap-8 lg:grid-cols-3">
        <div className="lg:col-span-2">
          <ErrorSummary refusal={actionData?.refusal} />
          <Form method="post" data-unsaved="off">
            <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
              <TextField name="loginId" label="ログインID" required autoComplete="username" spellCheck={false} />
              <PasswordField name="password" label="パスワード" required autoComplete="current-password" />
            </FormState>
            <Actions>
              <Button variant="primary" size="large">
                ログイン
              </Button>
            </Actions>
          </Form>
          <PasskeyForm kind="prove" askAt="/login/passkey" button="パスキーでログイン" />
          <OtherWays />
          <OfficeHelp />
        </div>
        {/* お知らせ: a page within this one, of the feature that keeps them. */}
        <Outlet />
      </div>
    </>
  );
}
