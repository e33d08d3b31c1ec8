import { newId } from '#kernel/id.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/associations.ts';
import { withdrawalFaults } from '../../queries/withdrawal-review.ts';
import { withdrawalStart } from '../../queries/withdrawal-start.ts';
import { action as actOnJoin, loader as loadJoin } from './join-start.tsx';
import { JoinStartView } from './join-start-view.tsx';
import { kindAt } from './kind-at.ts';
import { revalidateAfterAction } from './revalidate.ts';
import { actOnWithdrawal } from './withdrawal-action.ts';
import { WithdrawalForm } from './withdrawal-form.tsx';
import { filingContext, leadToCase } from './filing-context.ts';

/** 医師会選択 of a paper that exists already, of the kind it is. */
export const handle = definePage({
  id: 'D-08',
  title: '医師会選択',
  crumb: '医師会選択',
  who: ['doctor', 'office'],
  audit: 'application.chooseAssociations',
  limits: { bodyBytes: 32 * 1024 * 1024, perMinute: 60 },
});

export const meta = ({ loaderData }: Route.MetaArgs) => [
  { title: `${loaderData?.kind === 'withdrawal' ? '退会届' : '入会届'} 1 医師会選択 | MAMIS` },
];

export async function loader(args: Route.LoaderArgs) {
  const { params, request } = args;
  const ctx = filingContext(args);
  if ((await kindAt(ctx, params.id)) !== 'withdrawal') return { kind: 'join' as const, start: await loadJoin(args) };
  const view = orThrow(await ask(withdrawalStart, ctx, { id: params.id }));
  if (!view.editable) throw await leadToCase(args.context, ctx, { id: params.id });
  const faults = new URL(request.url).searchParams.has('check')
    ? orThrow(await ask(withdrawalFaults, ctx, { id: params.id })).fields
    : undefined;
  return { kind: 'withdrawal' as const, view, faults, key: newId() };
}

export const shouldRevalidate = revalidateAfterAction;

export async function action(args: Route.ActionArgs) {
  const { context, params, request } = args;
  if ((await kindAt(filingContext(args), params.id)) === 'withdrawal')
    return await actOnWithdrawal(context, params.id, await parseForm(request));
  return await actOnJoin(args);
}

export default function AssociationsPage({ loaderData, actionData }: Route.ComponentProps) {
  if (loaderData.kind === 'join') return <JoinStartView loaderData={loaderData.start} actionData={actionData} />;
  const { view, key, faults } = loaderData;
  return (
    <WithdrawalForm
      view={view}
      guardKey={key}
      refusal={actionData?.refusal}
      values={actionData?.values}
      faults={actionData === undefined ? faults : undefined}
    />
  );
}
