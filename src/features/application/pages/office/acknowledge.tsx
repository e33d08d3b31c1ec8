import { Form, useLocation } from 'react-router';
import { newId } from '#kernel/id.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import type { Route } from './+types/acknowledge.ts';
import { acknowledge } from '../../commands/acknowledge.ts';
import { dateNames } from '../../date-rules.ts';
import { officeSummary } from '../../queries/office-decision.ts';
import { DecisionFrame, revalidateAfterConflict } from './decision-frame.tsx';
import { caseTo } from './list-links.ts';

export const handle = definePage({ id: 'O-06', title: '確認', crumb: '確認', who: ['office'], audit: 'application.acknowledge' });

export const meta = () => [{ title: '確認 | MAMIS' }];

export const shouldRevalidate = revalidateAfterConflict;

export async function loader({ context, params }: Route.LoaderArgs) {
  return { summary: orThrow(await ask(officeSummary, contextOf(context), { id: params.id })), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(acknowledge, contextOf(context), { ...form.input, id: params.id }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, caseTo(params.id, new URL(request.url).search), '確認しました。');
}

export default function Acknowledge({ loaderData, actionData }: Route.ComponentProps) {
  const { summary, key } = loaderData;
  const { search } = useLocation();
  const decided = summary.steps.flatMap((step) =>
    step.decidedOn === null ? [] : [{ label: dateNames[step.leg], value: `${formatDayPlain(step.decidedOn)}(${step.associationName})` }],
  );
  return (
    <DecisionFrame summary={summary} word="確認" action="acknowledge" refusal={actionData?.refusal} values={actionData?.values}>
      {decided.length === 0 ? null : <DefinitionTable items={decided} />}
      <Form method="post">
        <FormGuard idempotencyKey={key} version={summary.version} />
        <Actions>
          <Button variant="primary">確認する</Button>
          <LinkButton to={caseTo(summary.id, search)}>キャンセル</LinkButton>
        </Actions>
      </Form>
    </DecisionFrame>
  );
}
