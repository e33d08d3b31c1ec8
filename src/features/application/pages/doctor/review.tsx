import { redirect } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import type { Route } from './+types/review.ts';
import { resubmitWithdrawal } from '../../commands/resubmit-withdrawal.ts';
import { registerDeath } from '../../commands/register-death.ts';
import { submitWithdrawal } from '../../commands/submit-withdrawal.ts';
import { paperName } from '../../labels.ts';
import { withdrawalReview } from '../../queries/withdrawal-review.ts';
import { JoinReviewPage } from './join-review.tsx';
import { actOnJoinReview, loadJoinReview } from './join-review-action.ts';
import { kindAt } from './kind-at.ts';
import { revalidateAfterAction } from './revalidate.ts';
import { WithdrawalReviewPage } from './withdrawal-review.tsx';
import { caseAt, filingContext, leadToCase, sentTo } from './filing-context.ts';

/** 確認・申請 of every kind: the last look before a paper is sent, or sent again. */
export const handle = definePage({
  id: 'D-08',
  title: '届 確認・申請',
  crumb: '確認・申請',
  who: ['doctor', 'office'],
  audit: 'application.submit',
});

export const meta = ({ loaderData }: Route.MetaArgs) => [
  {
    title: `${loaderData?.kind === 'withdrawal' ? paperName('withdrawal') : paperName(loaderData?.review.view.kind ?? 'join')} 確認・申請 | MAMIS`,
  },
];

export async function loader(args: Route.LoaderArgs) {
  const ctx = filingContext(args);
  const { id } = args.params;
  if ((await kindAt(ctx, id)) !== 'withdrawal') return { kind: 'other' as const, review: await loadJoinReview(args) };
  const view = orThrow(await ask(withdrawalReview, ctx, { id }));
  // Going back after sending shows what has become of it, not a form that can be sent again.
  if (!view.editable) throw await leadToCase(args.context, ctx, { id });
  if (!view.chosen) throw redirect(`${caseAt(ctx, id)}/associations`);
  return { kind: 'withdrawal' as const, view, key: newId() };
}

export const shouldRevalidate = revalidateAfterAction;

async function actOnWithdrawalReview({ context, request, params }: Route.ActionArgs) {
  const ctx = filingContext({ context, request });
  const form = await parseForm(request);
  const input = { ...form.input, id: params.id };
  if (form.intent === 'resubmit') {
    const again = await run(resubmitWithdrawal, ctx, input, form.key);
    if (!again.ok) return refusalData(again, form.values);
    return redirectWithFlash(context, caseAt(ctx, params.id), '再申請しました。');
  }
  const outcome = await run(form.intent === 'register' ? registerDeath : submitWithdrawal, ctx, input, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return sentTo(context, ctx, params.id);
}

export async function action(args: Route.ActionArgs) {
  const kind = await kindAt(filingContext(args), args.params.id);
  return kind === 'withdrawal' ? await actOnWithdrawalReview(args) : await actOnJoinReview(args);
}

export default function ReviewPage({ loaderData, actionData }: Route.ComponentProps) {
  if (loaderData.kind === 'withdrawal')
    return <WithdrawalReviewPage view={loaderData.view} guardKey={loaderData.key} refusal={actionData?.refusal} />;
  return <JoinReviewPage loaderData={loaderData.review} refusal={actionData?.refusal} values={actionData?.values} />;
}
