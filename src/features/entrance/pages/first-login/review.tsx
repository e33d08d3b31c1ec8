import { Form, redirect } from 'react-router';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf, stateOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import type { Route } from './+types/review.ts';
import { finishFirstLogin } from '../../commands/finish-first-login.ts';
import { texts } from '../../messages.ts';
import { firstReview } from '../../queries/first-login.ts';
import { forgetEntry } from '../kept.ts';
import { ReviewBlocks } from '../review-blocks.tsx';
import { FirstLoginSteps } from '../steps.tsx';
import { firstRegistration } from './going-on.ts';

export const handle = definePage({
  id: 'A-10',
  title: '初回ログイン 入力内容の確認',
  who: ['guest'],
  audit: 'entrance.firstLogin',
  limits: { bodyBytes: 4 * 1024, perMinute: 60 },
  crumb: '入力内容の確認',
});

export const meta = () => [{ title: '初回ログイン 入力内容の確認 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  const blocks = orThrow(await firstReview(contextOf(context), await firstRegistration(context)));
  if (blocks === undefined) throw redirect('/first-login/profile', 303);
  return { blocks };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const { context: ctx, token, userAgent, cookies } = stateOf(context);
  const { id } = await firstRegistration(context);
  const outcome = await finishFirstLogin(ctx, id, { token, userAgent, knowsDevice: cookies.knowsDevice });
  if (!outcome.ok) return refusalData(outcome, form.values);
  forgetEntry(context);
  cookies.startSession(outcome.value.token);
  cookies.rememberDevice(outcome.value.actor.accountId);
  return redirectWithFlash(context, '/my', texts.firstDone);
}

/** A-10 step 5: the last look; what differs from the migrated data is marked. */
export default function FirstReview({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>初回ログイン 入力内容の確認</h1>
      <FirstLoginSteps current={5} />
      <ErrorSummary refusal={actionData?.refusal} />
      <p>入力内容をご確認ください。「変更」は、移行データから変わった項目です。</p>
      <ReviewBlocks blocks={loaderData.blocks} editTo="/first-login/profile" />
      <Form method="post">
        <Actions>
          <Button variant="primary" size="large">
            登録する
          </Button>
          <LinkButton to="/first-login/profile">戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
