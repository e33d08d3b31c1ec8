import { redirect } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import type { Route } from './+types/review.ts';
import { resubmitJoin } from '../../commands/resubmit-join.ts';
import { resubmitChange, resubmitTransfer } from '../../commands/resubmit-move.ts';
import { submitChange } from '../../commands/submit-change.ts';
import { submitJoin } from '../../commands/submit-join.ts';
import { submitTransfer } from '../../commands/submit-transfer.ts';
import { joinReview } from '../../queries/join-review.ts';
import { caseAt, filingContext, leadToCase, sentTo } from './filing-context.ts';

/** What the review of 入会届 and 異動届 shows. */
export async function loadJoinReview({ context, request, params }: Route.LoaderArgs) {
  const ctx = filingContext({ context, request });
  const view = orThrow(await ask(joinReview, ctx, { id: params.id }));
  // Going back after sending shows what has become of it, not a form that can be sent again.
  if (!view.editable) throw await leadToCase(context, ctx, view);
  if (view.unfinished !== undefined) throw redirect(`${caseAt(ctx, view.id)}/${view.unfinished}`);
  return { view, key: newId() };
}

const submitters = { join: submitJoin, change: submitChange, transfer: submitTransfer } as const;
const resubmitters = { join: resubmitJoin, change: resubmitChange, transfer: resubmitTransfer } as const;

/** Sends it, or sends it again. */
export async function actOnJoinReview({ context, request, params }: Route.ActionArgs) {
  const ctx = filingContext({ context, request });
  const form = await parseForm(request);
  const input = { ...form.input, id: params.id };
  const { kind } = orThrow(await ask(joinReview, ctx, { id: params.id }));
  if (form.intent === 'resubmit') {
    const outcome = await run(resubmitters[kind], ctx, input, form.key);
    if (!outcome.ok) return refusalData(outcome, form.values);
    return redirectWithFlash(context, caseAt(ctx, params.id), '再申請しました。');
  }
  const outcome = await run(submitters[kind], ctx, input, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return sentTo(context, ctx, params.id);
}
