import { Form, redirect } from 'react-router';
import { readHalfway } from '#features/identity/commands/halfway.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf, stateOf } from '#platform/http/request-context.ts';
import { refusalData } from '#platform/http/respond.ts';
import { DateField } from '#ui/fields/DateField.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import type { Route } from './+types/birth.ts';
import { proveBirth } from '../../commands/prove-birth.ts';
import { isFirstLogin } from '../../queries/first-login.ts';
import { firstOf, keepFirst } from '../kept.ts';
import { FirstLoginSteps } from '../steps.tsx';
import { nextStep } from './going-on.ts';

export const handle = definePage({
  id: 'A-10',
  title: '初回ログイン',
  who: ['guest'],
  audit: 'entrance.proveBirth',
  limits: { bodyBytes: 4 * 1024, perMinute: 60 },
  crumb: '初回ログイン',
});

export const meta = () => [{ title: '初回ログイン | MAMIS' }];

/** The account whose initial password was right a moment ago. */
function halfwayAccount(provider: Route.LoaderArgs['context']): string | undefined {
  const { cookies, context: ctx } = stateOf(provider);
  const halfway = readHalfway(cookies.kept('mamis-step'), ctx.now);
  return halfway?.next === 'first' ? halfway.accountId : undefined;
}

export async function loader({ context }: Route.LoaderArgs) {
  const known = firstOf(context);
  if (known !== undefined && (await isFirstLogin(contextOf(context), known))) throw redirect(await nextStep(context, known), 303);
  if (halfwayAccount(context) === undefined) throw redirect('/login', 303);
  return null;
}

export async function action({ context, request }: Route.ActionArgs) {
  const accountId = halfwayAccount(context);
  if (accountId === undefined) return redirect('/login', 303);
  const form = await parseForm(request);
  const outcome = await proveBirth(contextOf(context), accountId, form.input);
  if (!outcome.ok) return outcome.refusal.code === 'notFound' ? redirect('/login', 303) : refusalData(outcome, form.values);
  stateOf(context).cookies.forget('mamis-step');
  keepFirst(context, accountId);
  return redirect(await nextStep(context, accountId), 303);
}

/** A-10 step 1: the letter alone does not prove who one is. */
export default function Birth({ actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>初回ログイン</h1>
      <FirstLoginSteps current={1} />
      <p>ご本人確認のため、生年月日を入力してください。</p>
      <ErrorSummary refusal={actionData?.refusal} />
      <Form method="post">
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          <DateField name="birthOn" label="生年月日" required plain hint="例:1980/04/01、昭和55年4月1日" />
        </FormState>
        <Actions>
          <Button variant="primary" size="large">
            次へ
          </Button>
          <LinkButton to="/login">ログインページに戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
