import { data, Form } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { RadioGroup } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import type { Route } from './+types/new.ts';
import { issueForMember } from '../../commands/issue.ts';
import { deliveryLabels } from '../../labels.ts';
import { certificateTexts as texts } from '../../messages.ts';
import { memberCertificatePreview } from '../../queries/preview.ts';
import type { OfficeStart } from '../../queries/start.ts';
import { memberCertificateStart } from '../../queries/start.ts';
import { CertificateFields, intentOf } from '../certificate-fields.tsx';
import type { Looked } from '../certificate-review.tsx';
import { CertificateReview } from '../certificate-review.tsx';

export const handle = definePage({
  id: 'O-29',
  title: '在籍証明書の発行',
  crumb: '在籍証明書の発行',
  under: [
    { label: '会員情報詳細', up: 2 },
    { label: '在籍証明書', up: 1 },
  ],
  who: ['office'],
  audit: 'certificate.issueForMember',
  limits: { bodyBytes: 16 * 1024 },
});

export const meta = () => [{ title: '在籍証明書の発行 | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  return { start: orThrow(await ask(memberCertificateStart, contextOf(context), { personId: params.id })), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  // The address is asked first: who is out of scope is not there, whatever the form says.
  orThrow(await ask(memberCertificateStart, ctx, { personId: params.id }));
  const form = await parseForm(request);
  const input = { ...form.input, personId: params.id };
  const intent = intentOf(form);
  if (intent === 'edit') return data<Looked>({ preview: undefined, values: form.values });
  if (intent === 'review') {
    const asked = await ask(memberCertificatePreview, ctx, input);
    const preview = asked.ok ? asked.value : asked;
    return preview.ok ? data<Looked>({ preview: preview.value, values: form.values }) : refusalData(preview, form.values);
  }
  const outcome = await run(issueForMember, ctx, input, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, `/office/applications/certificates/${outcome.value.id}`, '在籍証明書を発行しました。');
}

function EntryForm({ start }: { start: OfficeStart }) {
  return (
    <Form method="post">
      <p className="mb-4">{`${texts.association}:${start.association}`}</p>
      <CertificateFields start={start} />
      <SelectField name="ground" label={texts.ground} required options={start.grounds} />
      <DateField name="askedOn" label={texts.askedOn} required today={start.today} />
      <RadioGroup
        name="delivery"
        label={texts.delivery}
        required
        inline
        defaultValue="myPage"
        options={Object.entries(deliveryLabels).map(([value, label]) => ({ value, label }))}
      />
      <Actions>
        <Button variant="primary" name="intent" value="review">
          確認画面に進む
        </Button>
        <LinkButton to={`/office/members/${start.personId}/membership-certificates`}>戻る</LinkButton>
      </Actions>
    </Form>
  );
}

export default function NewMemberCertificate({ loaderData, actionData }: Route.ComponentProps) {
  const { start, key } = loaderData;
  const refused = actionData !== undefined && 'refusal' in actionData ? actionData.refusal : undefined;
  const looked = actionData !== undefined && 'preview' in actionData ? actionData : undefined;
  if (looked?.preview !== undefined) return <CertificateReview preview={looked.preview} values={looked.values} guardKey={key} />;
  return (
    <>
      <h1>{`在籍証明書の発行:${start.name} 様`}</h1>
      <ErrorSummary refusal={refused} />
      {start.ever ? (
        <FormState errors={refused?.fields} values={actionData?.values}>
          <EntryForm start={start} />
        </FormState>
      ) : (
        <EmptyState>貴会への入会の記録がないため、在籍証明書を発行できません。</EmptyState>
      )}
    </>
  );
}
