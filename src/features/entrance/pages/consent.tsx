import { redirect } from 'react-router';
import { refuse } from '#kernel/refusal.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, refusalData } from '#platform/http/respond.ts';
import { Section } from '#ui/parts/Card.tsx';
import type { Route } from './+types/consent.ts';
import { consentTexts, termsToAgree } from '../queries/terms.ts';
import { consentInput } from '../schema.ts';
import { ConsentForm } from './consent-form.tsx';
import { keepConsent } from './kept.ts';
import { RegistrationSteps } from './steps.tsx';

export const handle = definePage({
  id: 'A-03',
  title: '利用者登録',
  who: ['guest'],
  audit: { none: 'nobody is known and nothing is shown' },
  limits: { bodyBytes: 4 * 1024, perMinute: 120 },
  crumb: '利用者登録',
});

export const meta = () => [{ title: '利用者登録 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  return orThrow(await consentTexts(contextOf(context)));
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const parsed = consentInput.safeParse(form.input);
  if (!parsed.success) return refusalData(refuse('invalid', { fields: fieldErrors(parsed.error) }), form.values);
  keepConsent(context, { agreed: orThrow(await termsToAgree(contextOf(context))), checkId: undefined });
  return redirect('/register/email', 303);
}

/** consent before anything is typed. */
export default function Consent({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>利用者登録</h1>
      <RegistrationSteps current={1} />
      <p>
        MAMIS(日本医師会 会員情報管理システム:Medical Association Member Information
        System)は、全国の医師が利用できる、医師会の入退会・異動等の手続きを行うための共通ウェブシステムです。
      </p>
      <Section title="■ご利用いただける方">
        <p>日本の医師免許をお持ちの医師が対象です。</p>
      </Section>
      <ConsentForm editions={loaderData} refusal={actionData?.refusal} />
    </>
  );
}
