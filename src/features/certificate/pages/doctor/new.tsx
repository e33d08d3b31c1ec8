import { data, Form } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/new.ts';
import { issueCertificate } from '../../commands/issue.ts';
import { certificateTexts as texts } from '../../messages.ts';
import { certificatePreview } from '../../queries/preview.ts';
import type { CertificateStart } from '../../queries/start.ts';
import { certificateStart } from '../../queries/start.ts';
import { CertificateFields, intentOf } from '../certificate-fields.tsx';
import type { Looked } from '../certificate-review.tsx';
import { CertificateReview } from '../certificate-review.tsx';

export const handle = definePage({
  id: 'D-13',
  title: '在籍証明書の発行',
  crumb: '新しく発行する',
  who: ['doctor'],
  audit: 'certificate.issue',
  limits: { bodyBytes: 16 * 1024, perMinute: 60 },
});

export const meta = () => [{ title: '在籍証明書の発行 | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const from = new URL(request.url).searchParams.get('from') ?? '';
  return { start: orThrow(await ask(certificateStart, contextOf(context), { from })), key: newId() };
}

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  const intent = intentOf(form);
  if (intent === 'edit') return data<Looked>({ preview: undefined, values: form.values });
  if (intent === 'review') {
    const asked = await ask(certificatePreview, ctx, form.input);
    const preview = asked.ok ? asked.value : asked;
    return preview.ok ? data<Looked>({ preview: preview.value, values: form.values }) : refusalData(preview, form.values);
  }
  const outcome = await run(issueCertificate, ctx, form.input, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  const { id, issued } = outcome.value;
  return redirectWithFlash(context, `/my/membership-certificates/${id}`, issued ? '在籍証明書を発行しました。' : '申請を受け付けました。');
}

function EntryForm({ start }: { start: CertificateStart }) {
  return (
    <Form method="post">
      {start.confirming.length > 0 ? (
        <Notice title="次の医師会は、事務局が確認してから発行します。">
          <p>{start.confirming.join('、')}</p>
        </Notice>
      ) : null}
      <SelectField name="associationId" label={texts.association} required options={start.associations} />
      <CertificateFields start={start} />
      <Actions>
        <Button variant="primary" name="intent" value="review">
          確認画面に進む
        </Button>
        <LinkButton to="/my/membership-certificates">戻る</LinkButton>
      </Actions>
    </Form>
  );
}

export default function NewCertificate({ loaderData, actionData }: Route.ComponentProps) {
  const { start, key } = loaderData;
  const refused = actionData !== undefined && 'refusal' in actionData ? actionData.refusal : undefined;
  const looked = actionData !== undefined && 'preview' in actionData ? actionData : undefined;
  if (looked?.preview !== undefined) return <CertificateReview preview={looked.preview} values={looked.values} guardKey={key} />;
  return (
    <>
      <h1>在籍証明書の発行</h1>
      <ErrorSummary refusal={refused} />
      {start.associations.length === 0 ? (
        <EmptyState>医師会の入会の記録がないため、在籍証明書を発行できません。</EmptyState>
      ) : (
        <FormState errors={refused?.fields} values={actionData?.values ?? start.values}>
          <EntryForm start={start} />
        </FormState>
      )}
    </>
  );
}
