import { Form, redirect } from 'react-router';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf, stateOf } from '#platform/http/request-context.ts';
import { orThrow, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import type { Route } from './+types/review.ts';
import { register } from '../commands/complete.ts';
import { registrationOf } from '../queries/registration.ts';
import { reviewOf } from '../queries/review.ts';
import { entryToken, forgetEntry } from './kept.ts';
import { ReviewBlocks } from './review-blocks.tsx';
import { RegistrationSteps } from './steps.tsx';

export const handle = definePage({
  id: 'A-08',
  title: '利用者登録 入力内容の確認',
  who: ['guest'],
  audit: 'entrance.register',
  limits: { bodyBytes: 4 * 1024, perMinute: 60 },
  crumb: '入力内容の確認',
});

export const meta = () => [{ title: '利用者登録 入力内容の確認 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const registration = await registrationOf(ctx, entryToken(context));
  if (!registration.ok && registration.refusal.code === 'notFound') throw redirect('/register');
  const open = orThrow(registration);
  if (open.accountId !== null) throw redirect('/first-login/review');
  const blocks = await reviewOf(ctx, open);
  if (blocks === undefined) throw redirect('/register/profile');
  return { blocks };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const { context: ctx, token, userAgent, cookies } = stateOf(context);
  const registration = await registrationOf(ctx, entryToken(context));
  if (!registration.ok && registration.refusal.code === 'notFound') return redirect('/register', 303);
  const outcome = await register(ctx, orThrow(registration).id, { token, userAgent, knowsDevice: cookies.knowsDevice });
  if (!outcome.ok) return refusalData(outcome, form.values);
  forgetEntry(context);
  cookies.startSession(outcome.value.token);
  cookies.rememberDevice(outcome.value.actor.accountId);
  return redirect('/register/done', 303);
}

/** the last look before registering. */
export default function Review({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>利用者登録 入力内容の確認</h1>
      <RegistrationSteps current={4} />
      <ErrorSummary refusal={actionData?.refusal} />
      <p>入力内容をご確認ください。</p>
      <ReviewBlocks blocks={loaderData.blocks} editTo="/register/profile" />
      <Form method="post">
        <Actions>
          <Button variant="primary" size="large">
            登録する
          </Button>
          <LinkButton to="/register/profile">戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
