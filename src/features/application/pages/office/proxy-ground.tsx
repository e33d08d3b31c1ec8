import { data, redirect } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, refusalData } from '#platform/http/respond.ts';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/proxy-ground.ts';
import { beginProxy } from '../../commands/begin-proxy.ts';
import type { ApplicationKind } from '../../flow.ts';
import { isApplicationKind } from '../../flow.ts';
import { paperName } from '../../labels.ts';
import { proxyTexts } from '../../proxy-messages.ts';
import { proxyStart } from '../../queries/proxy-start.ts';
import { GroundForm } from './ground-form.tsx';

export const handle = definePage({
  id: 'O-10',
  title: '代理申請入力 根拠',
  crumb: '代理申請入力',
  under: [{ label: '会員情報詳細', up: 2 }],
  who: ['office'],
  audit: 'application.beginProxy',
});

export const meta = () => [{ title: '代理申請入力 根拠 | MAMIS' }];

/** @throws 404 for a word that is no paper */
function kindOf(text: string): ApplicationKind {
  if (isApplicationKind(text)) return text;
  throw data({}, { status: 404 });
}

function whyOf(kind: ApplicationKind, text: string | null): 'request' | 'death' | 'missing' {
  return kind === 'withdrawal' && (text === 'death' || text === 'missing') ? text : 'request';
}

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const kind = kindOf(params.kind);
  const start = orThrow(await ask(proxyStart, contextOf(context), { personId: params.id }));
  return { start, kind, why: whyOf(kind, new URL(request.url).searchParams.get('ground')), key: newId() };
}

const firstPages: Readonly<Record<ApplicationKind, string>> = {
  join: 'associations',
  transfer: 'transfer',
  change: 'change',
  withdrawal: 'associations',
};

export async function action({ context, params, request }: Route.ActionArgs) {
  const kind = kindOf(params.kind);
  const form = await parseForm(request);
  const outcome = await run(beginProxy, contextOf(context), { ...form.input, id: '', personId: params.id, kind }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirect(`/office/applications/${outcome.value.id}/${firstPages[kind]}`, 303);
}

const titles = { request: '', death: '(死亡)', missing: '(所在不明)' } as const;

export default function ProxyGround({ loaderData, actionData }: Route.ComponentProps) {
  const { start, kind, why, key } = loaderData;
  const stopped = start.diedOn !== null ? proxyTexts.died : why !== 'request' && !start.mayEnterDeath ? proxyTexts.wrongLayer : undefined;
  return (
    <>
      <h1>{`代理申請入力:${start.name} 様 ${paperName(kind)}${titles[why]}`}</h1>
      {stopped === undefined ? (
        <GroundForm
          view={{ why, today: start.today, grounds: start.grounds }}
          guardKey={key}
          version={undefined}
          refusal={actionData?.refusal}
          values={actionData?.values}
          backTo={`/office/members/${start.personId}/applications`}
        />
      ) : (
        <Notice tone="warn" title={stopped} />
      )}
    </>
  );
}
