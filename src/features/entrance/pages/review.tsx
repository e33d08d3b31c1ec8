import { redirect } from 'react-router';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/review.ts';
import { register } from '../commands/complete.ts';
import { registrationOf } from '../queries/registration.ts';
import { reviewOf } from '../queries/review.ts';
import { entryToken } from './kept.ts';
import { finishEntry, LastLook } from './last-look.tsx';
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
  const review = await reviewOf(ctx, open);
  if (review === undefined) throw redirect('/register/profile');
  return { blocks: [review.login, ...review.profile] };
}

export async function action({ context, request }: Route.ActionArgs) {
  const registration = await registrationOf(contextOf(context), entryToken(context));
  if (!registration.ok && registration.refusal.code === 'notFound') return redirect('/register', 303);
  const { id } = orThrow(registration);
  const answer = () => redirect('/register/done', 303);
  return await finishEntry({ provider: context, request, finish: (ctx, browser) => register(ctx, id, browser), answer });
}

/** the last look before registering. */
export default function Review({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <LastLook
      title="利用者登録 入力内容の確認"
      steps={<RegistrationSteps current={4} />}
      lead="入力内容をご確認ください。"
      blocks={loaderData.blocks}
      editTo="/register/profile"
      refusal={actionData?.refusal}
    />
  );
}
