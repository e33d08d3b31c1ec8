import { Form } from 'react-router';
import { actingAccount } from '#kernel/actor.ts';
import type { RefusedForm } from '#platform/http/respond.ts';
import { parseForm } from '#platform/http/form.ts';
import { pagePath } from '#platform/http/guard.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf, stateOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { loginIdHint, NewPasswordFields } from '#ui/fields/LoginFields.tsx';
import { PasswordField } from '#ui/fields/PasswordField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import type { Route } from './+types/account.ts';
import { factorState } from '../commands/second-factor.ts';
import { ownAccount } from '../queries/own-account.ts';
import { mayGiveUp, mostLogins } from '../rules.ts';
import { ownPasskeys } from '../queries/own-passkeys.ts';
import { actOnAccount } from './account-action.ts';
import { Change } from './account-change.tsx';
import { MailChanges } from './mail-changes.tsx';
import { Passkeys } from './passkey-section.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

export const handle = definePage({
  id: 'D-05',
  title: 'ログイン情報',
  crumb: 'ログイン情報',
  who: ['doctor', 'office', 'operations'],
  roles: ['admin', 'clerk', 'trainingContractor'],
  audit: { none: 'one’s own login only' },
});

export const meta = () => [{ title: 'ログイン情報 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  const { session } = stateOf(context);
  const ctx = contextOf(context);
  const own = orThrow(await ownAccount(ctx, session));
  const choosesMails = ctx.actor.kind === 'office' && ctx.actor.role !== 'trainingContractor';
  const factor = await factorState(ctx, actingAccount(ctx.actor) ?? '', ctx.actor);
  const mayRemove = mayGiveUp(factor.required, { app: false, passkeys: factor.passkeys });
  return { ...own, choosesMails, factor: { ...factor, mayRemove }, passkeys: await ownPasskeys(ctx) };
}

export async function action({ context, request }: Route.ActionArgs) {
  return await actOnAccount(context, await parseForm(request), pagePath(new URL(request.url)).pathname);
}

type Data = Route.ComponentProps['loaderData'];

function deviceFacts(device: Data['devices'][number]) {
  return [
    { label: 'ブラウザ', value: device.here ? `${device.browser}(この端末)` : device.browser },
    { label: '接続元', value: device.from || '－' },
    { label: 'ログイン日時', value: device.since },
    { label: '最終利用', value: device.lastUse },
  ];
}

function Login({ data, refused }: { data: Data; refused: RefusedForm | undefined }) {
  return (
    <>
      <DefinitionTable items={[{ label: 'ログインID', value: data.loginId }]} />
      <Change title="ログインIDを変更する" names={['newLoginId', 'passwordForId']} refused={refused}>
        <TextField name="newLoginId" label="新しいログインID" required hint={loginIdHint} spellCheck={false} />
        <PasswordField name="passwordForId" label="現在のパスワード" required autoComplete="current-password" />
        <Button name="intent" value="loginId">
          ログインIDを変更する
        </Button>
      </Change>
      <Change title="パスワードを変更する" names={['passwordNow', 'password', 'passwordRepeat']} refused={refused}>
        <PasswordField name="passwordNow" label="現在のパスワード" required autoComplete="current-password" />
        <NewPasswordFields label="新しいパスワード" />
        <Button name="intent" value="password">
          パスワードを変更する
        </Button>
      </Change>
    </>
  );
}

function Factor({ factor, refused }: { factor: Data['factor']; refused: RefusedForm | undefined }) {
  if (!factor.set) {
    return (
      <Section title="2段階認証">
        <p className="mb-4">
          設定されていません。設定すると、ログインのときにパスワードのほかに認証アプリのコードが必要になり、より安全です。
        </p>
        <LinkButton to="/login/second-factor/setup">2段階認証を設定する</LinkButton>
      </Section>
    );
  }
  return (
    <Section title="2段階認証">
      <p>{`設定済みです。使えるリカバリーコードはあと${factor.codesLeft}個です。`}</p>
      <Change
        title={factor.mayRemove ? 'リカバリーコードを作り直す、2段階認証を解除する' : 'リカバリーコードを作り直す'}
        names={['passwordForFactor']}
        refused={refused}
      >
        <PasswordField name="passwordForFactor" label="現在のパスワード" required autoComplete="current-password" />
        <Actions>
          <Button name="intent" value="renewCodes">
            リカバリーコードを作り直す
          </Button>
          {factor.mayRemove ? (
            <Button name="intent" value="removeFactor" variant="danger">
              2段階認証を解除する
            </Button>
          ) : null}
        </Actions>
      </Change>
    </Section>
  );
}

function Devices({ devices }: Pick<Data, 'devices'>) {
  return (
    <Section title="ログイン中の端末">
      {devices.map((device) => (
        <div className="mb-4" key={device.id}>
          <DefinitionTable items={deviceFacts(device)} />
          {device.here ? null : (
            <Form className="mt-2" method="post" reloadDocument>
              <input type="hidden" name="device" value={device.id} />
              <Button size="small" name="intent" value="device" aria-label={`${device.browser}(${device.since})をログアウトさせる`}>
                ログアウトさせる
              </Button>
            </Form>
          )}
        </div>
      ))}
      <Form method="post" reloadDocument>
        <Actions>
          {devices.length > 1 ? (
            <Button name="intent" value="others">
              ほかの端末をすべてログアウト
            </Button>
          ) : null}
          <Button name="intent" value="everywhere" variant="danger">
            すべての端末からログアウト
          </Button>
        </Actions>
      </Form>
    </Section>
  );
}

/** ログイン履歴 90 days, as the setting says. */
function Logins({ logins, historyDays }: Pick<Data, 'logins' | 'historyDays'>) {
  return (
    <Section title={`ログイン履歴(${historyDays}日間)`}>
      {logins.length === 0 ? (
        <p>この期間のログインはありません。</p>
      ) : (
        <details>
          <summary>{`ログイン履歴を表示する(新しい順に${logins.length}件${logins.length < mostLogins ? '' : 'まで'})`}</summary>
          <DefinitionTable
            items={logins.map((login, place) => ({
              key: String(place),
              label: login.at,
              value: [login.browser, login.from === '' ? '' : `接続元 ${login.from}`].filter((part) => part !== '').join('、') || '－',
            }))}
          />
        </details>
      )}
    </Section>
  );
}

/** D-05 and O-27: the ID, the password, the second factor, the passkeys and the devices that are logged in. */
export default function Account({ loaderData, actionData }: Route.ComponentProps) {
  if (actionData !== undefined && 'codes' in actionData)
    return <RecoveryCodes {...actionData} title="リカバリーコードを作り直しました。" renewed />;
  return (
    <>
      <h1>ログイン情報</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <Login data={loaderData} refused={actionData} />
      <Section title="メールアドレス">
        <MailChanges changes={loaderData.mailChanges} to="mail" />
        <p className="mb-4 break-words">{loaderData.mail === '' ? '登録されていません。' : loaderData.mail}</p>
        <Actions>
          <LinkButton to="mail">メールアドレスを変更する</LinkButton>
          {loaderData.choosesMails ? <LinkButton to="mails">メールの受け取り方を変更する</LinkButton> : null}
        </Actions>
      </Section>
      <Factor factor={loaderData.factor} refused={actionData} />
      <Passkeys own={loaderData.passkeys} refused={actionData} />
      <Devices devices={loaderData.devices} />
      <Logins logins={loaderData.logins} historyDays={loaderData.historyDays} />
    </>
  );
}
