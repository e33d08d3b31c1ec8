import { redirect } from 'react-router';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { refusalData } from '#platform/http/respond.ts';
import type { Route } from './+types/mail-address.ts';
import { requestMailCheck } from '../commands/ask-mail-check.ts';
import { consentOf, keepConsent } from './kept.ts';
import { MailForm } from './mail-form.tsx';
import { RegistrationSteps } from './steps.tsx';

export const handle = definePage({
  id: 'A-04',
  title: '利用者登録 メールアドレスの入力',
  who: ['guest'],
  audit: 'entrance.askMailCheck',
  limits: { bodyBytes: 4 * 1024, perMinute: 60 },
  crumb: 'メールアドレスの入力',
});

export const meta = () => [{ title: '利用者登録 メールアドレスの入力 | MAMIS' }];

export function loader({ context }: Route.LoaderArgs) {
  return consentOf(context) === undefined ? redirect('/register') : null;
}

export async function action({ context, request }: Route.ActionArgs) {
  const consent = consentOf(context);
  if (consent === undefined) return redirect('/register', 303);
  const form = await parseForm(request);
  const outcome = await requestMailCheck(contextOf(context), form.input, { agreed: consent.agreed, accountId: null });
  if (!outcome.ok) return refusalData(outcome, form.values);
  keepConsent(context, { agreed: consent.agreed, checkId: outcome.value.id });
  return redirect('/register/email/sent', 303);
}

/** 開通確認, before anything else is typed. */
export default function MailAddress({ actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>利用者登録 メールアドレスの入力</h1>
      <RegistrationSteps current={2} />
      <p>ご利用のメールアドレスに確認メールをお送りします。メールに記載のURLから、登録手続きを続けてください。</p>
      <MailForm refused={actionData} />
    </>
  );
}
