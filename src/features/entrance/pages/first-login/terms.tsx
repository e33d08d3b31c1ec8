import { redirect } from 'react-router';
import { refuse } from '#kernel/refusal.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, refusalData } from '#platform/http/respond.ts';
import type { Route } from './+types/terms.ts';
import { consentTexts, termsToAgree } from '../../queries/terms.ts';
import { consentInput } from '../../schema.ts';
import { ConsentForm } from '../consent-form.tsx';
import { keepConsent } from '../kept.ts';
import { FirstLoginSteps } from '../steps.tsx';
import { firstAccount } from './going-on.ts';

export const handle = definePage({
  id: 'A-10',
  title: '初回ログイン 規約への同意',
  who: ['guest'],
  audit: { none: 'the consent is on record with the end of the first login' },
  limits: { bodyBytes: 4 * 1024, perMinute: 60 },
  crumb: '規約への同意',
});

export const meta = () => [{ title: '初回ログイン 規約への同意 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  await firstAccount(context);
  return orThrow(await consentTexts(contextOf(context)));
}

export async function action({ context, request }: Route.ActionArgs) {
  await firstAccount(context);
  const form = await parseForm(request);
  const parsed = consentInput.safeParse(form.input);
  if (!parsed.success) return refusalData(refuse('invalid', { fields: fieldErrors(parsed.error) }), form.values);
  keepConsent(context, { agreed: orThrow(await termsToAgree(contextOf(context))), checkId: undefined });
  return redirect('/first-login/email', 303);
}

/** A-10 step 2: consent as in A-03. */
export default function FirstTerms({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>初回ログイン 規約への同意</h1>
      <FirstLoginSteps current={2} />
      <ConsentForm editions={loaderData} refusal={actionData?.refusal} />
    </>
  );
}
