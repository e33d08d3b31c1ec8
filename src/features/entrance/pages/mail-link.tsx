import { Form, redirect } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, refusalData } from '#platform/http/respond.ts';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/mail-link.ts';
import { openLink } from '../commands/open-link.ts';
import { texts } from '../messages.ts';
import { linkOf } from '../queries/registration.ts';
import { keepEntry } from './kept.ts';

export const handle = definePage({
  id: 'A-06',
  title: 'メールアドレスの確認',
  who: ['guest'],
  audit: 'entrance.openRegistration',
  limits: { bodyBytes: 4 * 1024, perMinute: 60 },
  crumb: 'メールアドレスの確認',
});

export const meta = () => [{ title: 'メールアドレスの確認 | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  return orThrow(await linkOf(contextOf(context), params.token));
}

export async function action({ context, params }: Route.ActionArgs) {
  const outcome = await openLink(contextOf(context), params.token);
  if (!outcome.ok) {
    if (outcome.refusal.code !== 'notFound') return refusalData(outcome, {});
    // The page says what has become of the link.
    return redirect(`/register/verify/${encodeURIComponent(params.token)}`, 303);
  }
  keepEntry(context, outcome.value.browserToken, outcome.value.seconds);
  return redirect(outcome.value.firstLogin ? '/first-login/profile' : '/register/profile', 303);
}

/** a press, so that mail scanners do not use up the link. */
export default function MailLink({ loaderData }: Route.ComponentProps) {
  const { state, hours, mail, firstLogin } = loaderData;
  return (
    <>
      <h1>メールアドレスの確認</h1>
      {state === 'open' ? (
        <Form method="post">
          <p>{`${mail} を確認します。`}</p>
          <Actions>
            <Button variant="primary" size="large">
              登録手続きに進む
            </Button>
          </Actions>
        </Form>
      ) : (
        <>
          <Notice tone="warn" title={state === 'used' ? texts.used : texts.expiredAfter(hours)} />
          <Actions>
            {state === 'used' ? null : (
              <LinkButton to={firstLogin ? '/first-login/email' : '/register/email'}>メールアドレスを入力する</LinkButton>
            )}
            <LinkButton to="/login">ログインページに戻る</LinkButton>
          </Actions>
        </>
      )}
    </>
  );
}
