import { redirect } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, refusalData } from '#platform/http/respond.ts';
import type { Route } from './+types/ground.ts';
import { beginProxy } from '../../commands/begin-proxy.ts';
import { leadToCase } from '../doctor/filing-context.ts';
import { myConfirmation } from '../../queries/my-retract.ts';
import { filingHead, proxyStart } from '../../queries/proxy-start.ts';
import { GroundForm, groundValues } from './ground-form.tsx';

export const handle = definePage({
  id: 'O-10',
  title: '代理申請の根拠の修正',
  crumb: '根拠の修正',
  who: ['office'],
  audit: 'application.beginProxy',
});

export const meta = () => [{ title: '代理申請の根拠の修正 | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const head = orThrow(await ask(filingHead, ctx, { id: params.id }));
  const { may, continueTo } = orThrow(await ask(myConfirmation, ctx, { id: params.id }));
  if (!may.includes('edit')) throw await leadToCase(context, ctx, { id: params.id });
  const { grounds } = orThrow(await ask(proxyStart, ctx, { personId: head.personId }));
  return { head, grounds, continueTo, key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  const { personId, kind } = orThrow(await ask(filingHead, ctx, { id: params.id }));
  const { continueTo } = orThrow(await ask(myConfirmation, ctx, { id: params.id }));
  const outcome = await run(beginProxy, ctx, { ...form.input, id: params.id, personId, kind }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirect(continueTo, 303);
}

export default function Ground({ loaderData, actionData }: Route.ComponentProps) {
  const { head, grounds, continueTo, key } = loaderData;
  return (
    <>
      <h1>代理申請の根拠の修正</h1>
      <GroundForm
        view={{ why: head.why, today: head.today, grounds }}
        guardKey={key}
        version={head.version}
        refusal={actionData?.refusal}
        values={actionData?.values ?? groundValues(head.facts)}
        backTo={continueTo}
      />
    </>
  );
}
