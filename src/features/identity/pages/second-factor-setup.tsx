import { data, Form, redirect } from 'react-router';
import { actingAccount } from '#kernel/actor.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { type RequestState, stateOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { drawQr } from '#platform/second-factor/qr.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { PasswordField } from '#ui/fields/PasswordField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/second-factor-setup.ts';
import { passwordAgain } from '../commands/change-own-login.ts';
import { readHalfway } from '../commands/halfway.ts';
import { enter } from '../commands/open-session.ts';
import { beginFactor, confirmFactor, waitingKey } from '../commands/second-factor.ts';
import { signInMessages } from '../messages.ts';
import { homeOf } from '../rules.ts';
import { afterCodes, type ShownCodes } from './kept-codes.ts';
import { RecoveryCodes } from './recovery-codes.tsx';

export const handle = definePage({
  id: 'A-02-setup',
  title: '2段階認証の設定',
  who: everybody,
  audit: 'identity.setSecondFactor',
  limits: { bodyBytes: 4 * 1024, perMinute: 60 },
});

export const meta = () => [{ title: '2段階認証の設定 | MAMIS' }];

/** Whose factor: of whoever is logged in, or of him who has just given a right password and must set it up first. */
function ownerOf({ cookies, context: ctx }: RequestState): { accountId: string; entering: boolean } | undefined {
  const own = actingAccount(ctx.actor);
  if (own !== undefined) return { accountId: own, entering: false };
  const halfway = readHalfway(cookies.kept('mamis-step'), ctx.now);
  return halfway?.next === 'setup' ? { accountId: halfway.accountId, entering: true } : undefined;
}

export async function loader({ context }: Route.LoaderArgs) {
  const state = stateOf(context);
  const owner = ownerOf(state);
  if (owner === undefined) throw redirect('/login');
  const key = await waitingKey(state.context, owner.accountId);
  if (!key.ok) return { entering: owner.entering, key: undefined };
  return { entering: owner.entering, key: { text: key.value.key, qr: drawQr(key.value.uri) } };
}

/** A text of the form, cut to what can be one. */
function textOf(value: unknown, longest: number): string {
  return typeof value === 'string' ? value.slice(0, longest) : '';
}

export async function action({ context, request }: Route.ActionArgs) {
  const state = stateOf(context);
  const { context: ctx, cookies, token, userAgent } = state;
  const owner = ownerOf(state);
  if (owner === undefined) return redirectWithFlash(context, '/login', signInMessages.tooLate);
  const form = await parseForm(request);
  if (form.intent === 'codesKept') return afterCodes(form, homeOf(ctx.actor));
  if (form.intent !== 'confirm') {
    const begun = await beginFactor(ctx, owner.accountId);
    return begun.ok ? redirect('/login/second-factor/setup', 303) : refusalData(begun, {});
  }
  const { code, passwordForFactor } = form.input;
  const again = owner.entering ? undefined : await passwordAgain(ctx, textOf(passwordForFactor, 1000), 'passwordForFactor');
  if (again?.ok === false) return refusalData(again, {});
  const confirmed = await confirmFactor(ctx, { accountId: owner.accountId, userAgent }, textOf(code, 40));
  if (!confirmed.ok) return refusalData(confirmed, {});
  if (!owner.entering) return data<ShownCodes>({ codes: confirmed.value });
  const entered = orThrow(await enter(ctx, owner.accountId, { token, userAgent, knowsDevice: cookies.knowsDevice }));
  cookies.forget('mamis-step');
  cookies.startSession(entered.token);
  cookies.rememberDevice(owner.accountId);
  return data<ShownCodes>({ codes: confirmed.value });
}

type Key = NonNullable<Route.ComponentProps['loaderData']['key']>;

function Qr({ qr }: Pick<Key, 'qr'>) {
  return (
    <svg
      role="img"
      aria-label="認証アプリ用のQRコード"
      viewBox={`0 0 ${qr.size} ${qr.size}`}
      width="224"
      height="224"
      shapeRendering="crispEdges"
    >
      <rect width={qr.size} height={qr.size} fill="#fff" />
      <path d={qr.path} fill="#000" />
    </svg>
  );
}

function Begin() {
  return (
    <Form method="post">
      <p>スマートフォンなどの認証アプリ(Google Authenticator、Microsoft Authenticatorなど)をご用意ください。</p>
      <Actions>
        <Button variant="primary" name="intent" value="begin">
          設定を始める
        </Button>
      </Actions>
    </Form>
  );
}

type ConfirmProps = { keyShown: Key; entering: boolean; actionData: Route.ComponentProps['actionData'] };

function Confirm({ keyShown, entering, actionData }: ConfirmProps) {
  const refusal = actionData !== undefined && 'refusal' in actionData ? actionData.refusal : undefined;
  return (
    <>
      <ErrorSummary refusal={refusal} />
      <p>1. 認証アプリで次のQRコードを読み取ってください。読み取れない場合は、キーを入力してください。</p>
      <Qr qr={keyShown.qr} />
      <p className="mb-6">
        キー:<span className="break-all">{keyShown.text.replaceAll(/(.{4})(?=.)/g, '$1 ')}</span>
      </p>
      <p>2. 認証アプリに表示された6桁の数字を入力してください。</p>
      <Form method="post">
        <FormState errors={refusal?.fields}>
          <TextField name="code" label="確認コード" required width="short" inputMode="numeric" autoComplete="one-time-code" />
          {entering ? null : <PasswordField name="passwordForFactor" label="現在のパスワード" required autoComplete="current-password" />}
        </FormState>
        <Actions>
          <Button variant="primary" name="intent" value="confirm">
            設定する
          </Button>
          <Button name="intent" value="begin">
            キーを作り直す
          </Button>
        </Actions>
      </Form>
    </>
  );
}

/** First time for staff after the password, and 2段階認証 of D-05 for everybody. */
export default function SecondFactorSetup({ loaderData, actionData }: Route.ComponentProps) {
  if (actionData !== undefined && 'codes' in actionData) return <RecoveryCodes {...actionData} title="2段階認証を設定しました。" />;
  return (
    <>
      <h1>2段階認証の設定</h1>
      {loaderData.entering ? <Notice title="所属の事務局では、ログインに2段階認証が必要です。" /> : null}
      {loaderData.key === undefined ? (
        <Begin />
      ) : (
        <Confirm keyShown={loaderData.key} entering={loaderData.entering} actionData={actionData} />
      )}
      {loaderData.entering ? null : (
        <Actions>
          <LinkButton to="/">TOPに戻る</LinkButton>
        </Actions>
      )}
    </>
  );
}
