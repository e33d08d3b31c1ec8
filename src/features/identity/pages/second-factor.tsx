import { Form, Link, redirect } from 'react-router';
import type { Outcome } from '#kernel/refusal.ts';
import { refuse } from '#kernel/refusal.ts';
import { type ParsedForm, parseForm } from '#platform/http/form.ts';
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
import { readHalfway, trustDaysOf, trustText } from '../commands/halfway.ts';
import { enter } from '../commands/open-session.ts';
import { checkSecondPasskey } from '../commands/passkey-sign-in.ts';
import { checkFactor, factorState } from '../commands/second-factor.ts';
import { signInMessages } from '../messages.ts';
import { homeOf } from '../rules.ts';
import { passkeyAnswer } from './passkey-challenge.ts';
import { PasskeyForm, PasskeysNeedScript } from './passkey-form.tsx';

export const handle = definePage({
  id: 'A-02',
  title: '2段階認証',
  who: ['guest'],
  audit: 'identity.useSecondFactor',
  limits: { bodyBytes: 16 * 1024, perMinute: 60 },
});

export const meta = () => [{ title: '2段階認証 | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const { cookies, context: ctx } = stateOf(context);
  const halfway = readHalfway(cookies.kept('mamis-step'), ctx.now);
  if (halfway?.next !== 'code') throw redirect('/login');
  const recovery = new URL(request.url).searchParams.has('recovery');
  const { set, passkeys } = await factorState(ctx, halfway.accountId, ctx.actor);
  const trustDays = await trustDaysOf(ctx, halfway.accountId);
  return { recovery: recovery && set, trustDays, app: set, passkey: passkeys > 0 };
}

/** The proof of the form: a passkey, or a code of the app or of the list. */
async function checkProof(provider: Route.ActionArgs['context'], accountId: string, form: ParsedForm): Promise<Outcome<true>> {
  const { context: ctx } = stateOf(provider);
  if (form.intent === 'passkey') return await checkSecondPasskey(ctx, accountId, passkeyAnswer(provider, form));
  const code = form.input['code'];
  const typed = { code: typeof code === 'string' ? code.slice(0, 40) : '', recovery: form.input['recovery'] === '1' };
  return await checkFactor(ctx, accountId, typed);
}

export async function action({ context, request }: Route.ActionArgs) {
  const { cookies, context: ctx, token, userAgent } = stateOf(context);
  const halfway = readHalfway(cookies.kept('mamis-step'), ctx.now);
  if (halfway?.next !== 'code') return redirectWithFlash(context, '/login', signInMessages.tooLate);
  const form = await parseForm(request);
  const { accountId } = halfway;
  const checked = await checkProof(context, accountId, form);
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

type Data = Route.ComponentProps['loaderData'];

const codeForm = 'code-form';

function OtherWays({ app, recovery }: Pick<Data, 'app' | 'recovery'>) {
  return (
    <>
      {app && recovery ? <LinkButton to="/login/second-factor">認証アプリのコードを使う</LinkButton> : null}
      {app && !recovery ? <LinkButton to="/login/second-factor?recovery=1">リカバリーコードを使う</LinkButton> : null}
      <LinkButton to="/login">戻る</LinkButton>
    </>
  );
}

function Code({ data, refused }: { data: Data; refused: Route.ComponentProps['actionData'] }) {
  return (
    <Form method="post" id={codeForm} data-unsaved="off">
      <FormState errors={refused?.refusal.fields}>
        <CodeField recovery={data.recovery} />
        {data.trustDays === undefined ? null : (
          <Checkbox name="trust" label={`この端末では${data.trustDays}日間省略する`} hint="共用のパソコンではチェックしないでください" />
        )}
      </FormState>
      <Actions>
        <Button variant="primary" size="large">
          ログイン
        </Button>
      </Actions>
    </Form>
  );
}

function Passkey() {
  return (
    <>
      <PasskeysNeedScript>パスキーを使うには、ブラウザのJavaScriptを有効にしてください。</PasskeysNeedScript>
      <PasskeyForm kind="prove" askAt="/login/passkey" button="パスキーを使う" beside={codeForm}>
        <input type="hidden" name="step" value="second" />
      </PasskeyForm>
    </>
  );
}

/** Whoever has lost app and codes: a doctor gets a letter, staff their 管理者. */
function Lost({ doctor }: { doctor: boolean }) {
  return (
    <details className="mt-4">
      <summary>認証アプリもリカバリーコードも使えないとき</summary>
      {doctor ? (
        <>
          <p>
            運営事務局(コールセンター)へご連絡ください。ご本人であることを確認し、ご登録の住所に書状をお送りします。書状のコードを入力すると、パスワードの再設定とともに2段階認証を解除できます。
          </p>
          <p className="ui-links">
            <Link to="/recover/contact">連絡先を見る</Link>
          </p>
        </>
      ) : (
        <p>所属医師会の管理者に2段階認証の解除をご依頼ください。</p>
      )}
    </details>
  );
}

/** the second proof of identity after the password, by what its owner has set up: an app, passkeys, or both. */
export default function SecondFactor({ loaderData, actionData }: Route.ComponentProps) {
  const { app, passkey, trustDays } = loaderData;
  return (
    <>
      <h1>2段階認証</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      {app ? <Code data={loaderData} refused={actionData} /> : <p>登録したパスキーでログインしてください。</p>}
      {passkey ? <Passkey /> : null}
      {app ? (
        <Lost doctor={trustDays !== undefined} />
      ) : (
        <p className="mt-4">パスキーを使えなくなったときは、所属医師会の管理者に2段階認証の解除をご依頼ください。</p>
      )}
      <Actions>
        <OtherWays {...loaderData} />
      </Actions>
    </>
  );
}
