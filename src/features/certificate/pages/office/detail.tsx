import { Form } from 'react-router';
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
import { TextArea } from '#ui/fields/TextArea.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/detail.ts';
import { issueAsked, returnCertificate } from '../../commands/answer.ts';
import { revokeCertificate } from '../../commands/revoke.ts';
import { certificateTexts as texts } from '../../messages.ts';
import type { CertificateView } from '../../queries/certificate.ts';
import { certificate } from '../../queries/certificate.ts';
import { CertificateDetail } from '../certificate-detail.tsx';

export const handle = definePage({
  id: 'O-29-detail',
  title: '在籍証明書の内容',
  crumb: '証明書の内容',
  who: ['office'],
  audit: 'certificate.viewed',
});

export const meta = () => [{ title: '在籍証明書の内容 | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  return { view: orThrow(await ask(certificate, contextOf(context), { id: params.id })), key: newId() };
}

const acts = {
  issue: { command: issueAsked, done: '在籍証明書を発行しました。' },
  return: { command: returnCertificate, done: '差し戻しました。' },
  revoke: { command: revokeCertificate, done: '証明書を無効にしました。' },
} as const;

function isAct(text: string): text is keyof typeof acts {
  return Object.hasOwn(acts, text);
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  const input = { ...form.input, id: params.id };
  const { command, done } = acts[isAct(form.intent) ? form.intent : 'issue'];
  const outcome = await run(command, ctx, input, form.key);
  return outcome.ok
    ? redirectWithFlash(context, `/office/applications/certificates/${params.id}`, done)
    : refusalData(outcome, form.values);
}

function AnswerForms({ view, guardKey }: { view: CertificateView; guardKey: string }) {
  return (
    <>
      <Section title="発行する">
        {view.sheet === undefined ? (
          <Notice tone="warn" title={texts.noLongerTrue} />
        ) : (
          <Form method="post">
            <FormGuard idempotencyKey={guardKey} />
            <p>上の内容で発行します。申請者にメールでお知らせします。</p>
            <Actions>
              <Button variant="primary" name="intent" value="issue">
                発行する
              </Button>
            </Actions>
          </Form>
        )}
      </Section>
      <Section title="差戻し">
        <Form method="post">
          <FormGuard idempotencyKey={guardKey} />
          <TextArea name="message" label={texts.returnMessage} required limit={1000} hint="申請者に表示されます。1000文字以内" />
          <Actions>
            <Button name="intent" value="return">
              差戻し
            </Button>
          </Actions>
        </Form>
      </Section>
    </>
  );
}

function RevokeForm({ guardKey }: { guardKey: string }) {
  return (
    <Section title="証明書を無効にする">
      <Form method="post">
        <FormGuard idempotencyKey={guardKey} />
        <p className="mb-4">確認用ページに「無効になりました」と表示されるようになります。元に戻すことはできません。</p>
        <TextField
          name="reason"
          label={texts.revokeReason}
          required
          width="wide"
          hint="申請者に表示されます。200文字以内"
          autoComplete="off"
        />
        <Actions>
          <Button variant="danger" name="intent" value="revoke">
            無効にする
          </Button>
        </Actions>
      </Form>
    </Section>
  );
}

export default function OfficeCertificatePage({ loaderData, actionData }: Route.ComponentProps) {
  const { view, key } = loaderData;
  const here = `/office/applications/certificates/${view.id}`;
  return (
    <>
      <h1>{`${view.number === '' ? '在籍証明書の申請' : `在籍証明書 ${view.number}`} ${view.name} 様`}</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <CertificateDetail view={view} />
      {view.may.open ? (
        <div className="mb-8">
          <Actions>
            <LinkButton variant="primary" to={`${here}/print.pdf`} reloadDocument>
              PDFを開く(印刷する)
            </LinkButton>
          </Actions>
        </div>
      ) : null}
      <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
        {view.may.answer ? <AnswerForms view={view} guardKey={key} /> : null}
        {view.may.revoke ? <RevokeForm guardKey={key} /> : null}
      </FormState>
      <Actions>
        <LinkButton to="/office/applications/certificates?view=all" variant="text">
          在籍証明書の一覧に戻る
        </LinkButton>
        <LinkButton to={`/office/members/${view.personId}/membership-certificates`} variant="text">
          この方の証明書
        </LinkButton>
      </Actions>
    </>
  );
}
