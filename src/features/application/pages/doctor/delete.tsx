import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { ConfirmPanel } from '#ui/parts/ConfirmPanel.tsx';
import type { Route } from './+types/delete.ts';
import { deleteDraft } from '../../commands/delete-draft.ts';
import { texts } from '../../messages.ts';
import { myConfirmation } from '../../queries/my-retract.ts';
import { draftsAt, filingContext, leadToCase } from './filing-context.ts';

export const handle = definePage({
  id: 'D-06',
  title: '一時保存の削除',
  crumb: '一時保存の削除',
  who: ['doctor', 'office'],
  audit: 'application.deleteDraft',
});

export const meta = () => [{ title: '一時保存の削除 | MAMIS' }];

export async function loader({ context, request, params }: Route.LoaderArgs) {
  const ctx = filingContext({ context, request });
  const view = orThrow(await ask(myConfirmation, ctx, { id: params.id }));
  if (!view.may.includes('deleteDraft')) throw await leadToCase(context, ctx, { id: view.id, verb: texts.delete });
  return { view, drafts: await draftsAt(ctx, view.id), key: newId() };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const ctx = filingContext({ context, request });
  const form = await parseForm(request);
  const drafts = await draftsAt(ctx, params.id);
  const outcome = await run(deleteDraft, ctx, { ...form.input, id: params.id }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, drafts, '削除しました。');
}

export default function DeleteDraftPage({ loaderData, actionData }: Route.ComponentProps) {
  const { view, drafts, key } = loaderData;
  return (
    <>
      <h1>一時保存の削除</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <p>{`${view.paper}(保存した内容と書類)を削除します。`}</p>
      <ConfirmPanel question="この一時保存を削除します。よろしいですか?" confirm="削除する" cancelTo={drafts} danger>
        <FormGuard idempotencyKey={key} version={view.version} />
      </ConfirmPanel>
    </>
  );
}
