import { redirect } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { ConfirmPanel } from '#ui/parts/ConfirmPanel.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import type { Route } from './+types/revoke.ts';
import { revokeCertificate } from '../../commands/revoke.ts';
import { certificateTexts as texts } from '../../messages.ts';
import { certificate } from '../../queries/certificate.ts';

export const handle = definePage({
  id: 'D-13',
  title: '在籍証明書を無効にする',
  crumb: '無効にする',
  who: ['doctor'],
  audit: 'certificate.revoke',
});

export const meta = () => [{ title: '在籍証明書を無効にする | MAMIS' }];

const base = '/my/membership-certificates';

export async function loader({ context, params }: Route.LoaderArgs) {
  const view = orThrow(await ask(certificate, contextOf(context), { id: params.id }));
  if (!view.may.revoke) throw redirect(`${base}/${view.id}`);
  return { view, key: newId() };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(revokeCertificate, contextOf(context), { ...form.input, id: params.id }, form.key);
  return outcome.ok ? redirectWithFlash(context, `${base}/${params.id}`, '証明書を無効にしました。') : refusalData(outcome, form.values);
}

export default function RevokeCertificate({ loaderData, actionData }: Route.ComponentProps) {
  const { view, key } = loaderData;
  return (
    <>
      <h1>在籍証明書を無効にする</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <div className="mb-6">
        <DefinitionTable
          items={[
            { label: texts.number, value: view.number },
            { label: texts.association, value: view.association },
          ]}
        />
      </div>
      <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
        <ConfirmPanel question="この証明書を無効にします。よろしいですか?" confirm="無効にする" cancelTo={`${base}/${view.id}`} danger>
          <FormGuard idempotencyKey={key} />
          <p>確認用ページに「無効になりました」と表示されるようになります。元に戻すことはできません。</p>
          <TextField name="reason" label={texts.revokeReason} width="wide" hint="200文字以内" autoComplete="off" />
        </ConfirmPanel>
      </FormState>
    </>
  );
}
