import { Form, redirect } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { MailHint } from '#ui/parts/MailHint.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/mail-sent.ts';
import { resendMailCheck } from '../commands/ask-mail-check.ts';
import { mailTimes } from '../queries/registration.ts';
import { consentOf, firstOf, keepConsent } from './kept.ts';
import { FirstLoginSteps, RegistrationSteps } from './steps.tsx';

export const handle = definePage({
  id: 'A-05',
  title: '利用者登録 確認メール送信完了',
  who: ['guest'],
  audit: 'entrance.askAgain',
  limits: { bodyBytes: 4 * 1024, perMinute: 60 },
  crumb: '確認メール送信完了',
});

export const meta = () => [{ title: '利用者登録 確認メール送信完了 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  if (consentOf(context)?.checkId === undefined) throw redirect('/register');
  return { ...orThrow(await mailTimes(contextOf(context))), first: firstOf(context) !== undefined };
}

export async function action({ context }: Route.ActionArgs) {
  const consent = consentOf(context);
  if (consent?.checkId === undefined) return redirect('/register', 303);
  const outcome = await resendMailCheck(contextOf(context), consent.checkId);
  // A check that was never written (too many for one address) is answered like any other.
  if (!outcome.ok && outcome.refusal.code !== 'notFound') return refusalData(outcome, {});
  if (outcome.ok) keepConsent(context, { agreed: consent.agreed, checkId: outcome.value.id });
  return redirectWithFlash(context, '/register/email/sent', '確認メールをもう一度送信しました。');
}

/** what to do next. */
export default function MailSent({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>利用者登録 確認メール送信完了</h1>
      {loaderData.first ? <FirstLoginSteps current={3} /> : <RegistrationSteps current={2} />}
      <ErrorSummary refusal={actionData?.refusal} />
      <Notice tone="success" title="ご入力いただいたメールアドレスに確認メールを送信しました。">
        <p>お手続きはまだ完了していません。</p>
        <p>確認メールに記載のURLから登録手続きを行ってください。</p>
        <p>{`URLの有効期限は送信後${loaderData.hours}時間です。`}</p>
      </Notice>
      <MailHint domain={loaderData.domain} />
      <Form method="post">
        <Actions>
          <LinkButton to="/login">ログインページに戻る</LinkButton>
          <LinkButton to={loaderData.first ? '/first-login/email' : '/register/email'}>メールアドレスを入力し直す</LinkButton>
          <Button>確認メールを再送する</Button>
        </Actions>
        <p className="ui-hint">{`再送は${loaderData.resendSeconds}秒に1回できます。再送すると、前のURLは使えなくなります。`}</p>
      </Form>
    </>
  );
}
