import { useLocation } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import type { Route } from './+types/assignee.ts';
import { assign } from '../../commands/assign.ts';
import { officeApplication } from '../../queries/office-application.ts';
import { AssigneeForm } from './assignee-form.tsx';
import { revalidateAfterConflict } from './decision-frame.tsx';
import { caseTo } from './list-links.ts';

export const handle = definePage({ id: 'O-05', title: '担当者', crumb: '担当者', who: ['office'], audit: 'application.assign' });

export const meta = () => [{ title: '担当者 | MAMIS' }];

export const shouldRevalidate = revalidateAfterConflict;

export async function loader({ context, params }: Route.LoaderArgs) {
  const { number, name, assignee } = orThrow(await ask(officeApplication, contextOf(context), { id: params.id }));
  return { id: params.id, number, name, assignee, key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(assign, contextOf(context), { ...form.input, id: params.id }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, `${caseTo(params.id, new URL(request.url).search)}#assignee`, '担当者を変更しました。');
}

/** Comes into sight when somebody else was faster: who has the case now, and the same choice again. */
export default function Assignee({ loaderData, actionData }: Route.ComponentProps) {
  const { id, number, name, assignee, key } = loaderData;
  const { search } = useLocation();
  return (
    <>
      <h1>{`担当者:${name} 様`}</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <DefinitionTable
        items={[
          { label: '受付番号', value: number },
          { label: '担当者', value: assignee.present?.name ?? '未定' },
        ]}
      />
      <FormState errors={actionData?.refusal.fields} values={undefined}>
        <AssigneeForm assignee={assignee} action={`/office/applications/${id}/assignee${search}`} idempotencyKey={key} />
      </FormState>
      <Actions>
        <LinkButton to={caseTo(id, search)}>申請の詳細に戻る</LinkButton>
      </Actions>
    </>
  );
}
