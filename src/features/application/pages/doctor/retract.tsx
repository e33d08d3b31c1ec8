import { redirect } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { RadioGroup } from '#ui/fields/Choices.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { ConfirmPanel } from '#ui/parts/ConfirmPanel.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/retract.ts';
import { retract } from '../../commands/retract.ts';
import { myConfirmation } from '../../queries/my-retract.ts';

export const handle = definePage({ id: 'D-07', title: '申請の取下げ', crumb: '取下げ', who: ['doctor'], audit: 'application.retract' });

export const meta = () => [{ title: '申請の取下げ | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  const view = orThrow(await ask(myConfirmation, contextOf(context), { id: params.id }));
  if (view.number === '') throw redirect(view.continueTo);
  return { view, key: newId() };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(retract, contextOf(context), { ...form.input, id: params.id }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, `/my/applications/${params.id}`, '申請を取り下げました。');
}

export default function RetractPage({ loaderData, actionData }: Route.ComponentProps) {
  const { view, key } = loaderData;
  return (
    <>
      <h1>申請の取下げ</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <div className="mb-6">
        <DefinitionTable
          items={[
            { label: '種別', value: view.kind },
            { label: '受付番号', value: view.number },
            { label: '対象医師会', value: view.associations.join('、') },
          ]}
        />
      </div>
      {view.may.includes('retract') ? (
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          <ConfirmPanel
            question="この申請を取り下げます。よろしいですか?"
            confirm="申請を取り下げる"
            cancelTo={`/my/applications/${view.id}`}
            danger
          >
            <FormGuard idempotencyKey={key} version={view.version} />
            <p>取り下げた申請は元に戻せません。もう一度申請する場合は、新しい届を作成してください。</p>
            <RadioGroup name="reason" label="取下げ理由" required options={view.reasons} />
            <TextArea
              name="note"
              label="具体的な理由"
              limit={200}
              rows={3}
              hint="「その他」を選んだときは必ず入力してください。関わるすべての医師会に表示されます。"
            />
          </ConfirmPanel>
        </FormState>
      ) : (
        <>
          <Notice tone="warn" title="この申請は現在「取下げ」を行える状況ではありません。" />
          <Actions>
            <LinkButton to={`/my/applications/${view.id}`}>申請の詳細に戻る</LinkButton>
          </Actions>
        </>
      )}
    </>
  );
}
