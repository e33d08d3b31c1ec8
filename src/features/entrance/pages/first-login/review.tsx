import { redirect } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash } from '#platform/http/respond.ts';
import type { Route } from './+types/review.ts';
import { finishFirstLogin } from '../../commands/finish-first-login.ts';
import { texts } from '../../messages.ts';
import { firstReview } from '../../queries/first-login.ts';
import { finishEntry, LastLook } from '../last-look.tsx';
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
  const { id } = await firstRegistration(context);
  const answer = () => redirectWithFlash(context, '/my', texts.firstDone);
  return await finishEntry({ provider: context, request, finish: (ctx, browser) => finishFirstLogin(ctx, id, browser), answer });
}

/** A-10 step 5: the last look; what differs from the migrated data is marked. */
export default function FirstReview({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <LastLook
      title="初回ログイン 入力内容の確認"
      steps={<FirstLoginSteps current={5} />}
      lead="入力内容をご確認ください。「変更」は、移行データから変わった項目です。"
      blocks={loaderData.blocks}
      editTo="/first-login/profile"
      refusal={actionData?.refusal}
    />
  );
}
