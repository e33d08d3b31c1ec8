import { redirect } from 'react-router';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { refusalData } from '#platform/http/respond.ts';
import type { Route } from './+types/email.ts';
import { requestMailCheck } from '../../commands/ask-mail-check.ts';
import { consentOf, keepConsent } from '../kept.ts';
import { MailForm } from '../mail-form.tsx';
import { FirstLoginSteps } from '../steps.tsx';
import { firstAccount } from './going-on.ts';

export const handle = definePage({
  id: 'A-10',
  title: '初回ログイン メールアドレスの入力',
  who: ['guest'],
  audit: 'entrance.askMailCheck',
  limits: { bodyBytes: 4 * 1024, perMinute: 60 },
  crumb: 'メールアドレスの入力',
});

export const meta = () => [{ title: '初回ログイン メールアドレスの入力 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  await firstAccount(context);
  if (consentOf(context) === undefined) throw redirect('/first-login/terms', 303);
  return null;
}

export async function action({ context, request }: Route.ActionArgs) {
  const accountId = await firstAccount(context);
  const consent = consentOf(context);
  if (consent === undefined) return redirect('/first-login/terms', 303);
  const form = await parseForm(request);
  const outcome = await requestMailCheck(contextOf(context), form.input, { agreed: consent.agreed, accountId });
  if (!outcome.ok) return refusalData(outcome, form.values);
  keepConsent(context, { agreed: consent.agreed, checkId: outcome.value.id });
  return redirect('/register/email/sent', 303);
}

/** A-10 step 3: the address as in A-04. */
export default function FirstEmail({ actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>初回ログイン メールアドレスの入力</h1>
      <FirstLoginSteps current={3} />
      <p>ご利用のメールアドレスに確認メールをお送りします。メールに記載のURLから、手続きを続けてください。</p>
      <MailForm refused={actionData} />
    </>
  );
}
