import { redirect } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import type { Route } from './+types/join-start.ts';
import { chooseAssociations } from '../../commands/choose-associations.ts';
import { saveDetails } from '../../commands/save-details.ts';
import { copiedDetails, earlierDetails } from '../../queries/earlier-details.ts';
import { joinStart } from '../../queries/join-start.ts';
import { JoinStartView } from './join-start-view.tsx';
import { revalidateAfterAction } from './revalidate.ts';
import { caseAt, draftsAt, filingContext, leadToCase } from './filing-context.ts';

export const handle = definePage({
  id: 'D-08',
  title: '入会届 医師会選択',
  crumb: '入会届',
  who: ['doctor'],
  audit: 'application.chooseAssociations',
});

export const meta = () => [{ title: '入会届 1 医師会選択 | MAMIS' }];

type Args = Pick<Route.LoaderArgs, 'context' | 'request'> & { params: { id?: string } };

export async function loader({ context, request, params }: Args) {
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  const ctx = filingContext({ context, request });
  const start = orThrow(await ask(joinStart, ctx, { ...asked, id: params.id ?? '' }));
  if (!start.editable) throw await leadToCase(context, ctx, { id: params.id ?? '' });
  return { ...start, key: newId() };
}

/** A new form made after an earlier case begins with what that case said. */
async function copyFrom(ctx: Context, id: string, from: string): Promise<void> {
  const earlier = await ask(earlierDetails, ctx, { id, from });
  if (earlier.ok) orThrow(await run(saveDetails, ctx, { id, version: 1, details: copiedDetails({}, earlier.value), complete: false }));
}

export const shouldRevalidate = revalidateAfterAction;

export async function action({ context, request, params }: Args) {
  const ctx = filingContext({ context, request });
  const form = await parseForm(request);
  const saves = form.intent === 'save';
  const outcome = await run(chooseAssociations, ctx, { ...form.input, id: params.id ?? '', complete: !saves }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  const { id } = outcome.value;
  const from = new URL(request.url).searchParams.get('from');
  if (params.id === undefined && from !== null) await copyFrom(ctx, id, from);
  return saves ? redirectWithFlash(context, await draftsAt(ctx, id), '一時保存しました。') : redirect(`${caseAt(ctx, id)}/details`, 303);
}

export default function JoinStartPage({ loaderData, actionData }: Route.ComponentProps) {
  return <JoinStartView loaderData={loaderData} actionData={actionData} />;
}
