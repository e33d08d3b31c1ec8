import { data, Form } from 'react-router';
import { formatDayPlain } from '#kernel/wareki.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/check.ts';
import { codeText } from '../labels.ts';
import { certificateTexts as texts } from '../messages.ts';
import type { CheckResult } from '../commands/check.ts';
import { checkCertificate } from '../commands/check.ts';
import { PaperRows } from './paper-rows.tsx';

export const handle = definePage({
  id: 'A-14',
  title: '在籍証明書の確認',
  crumb: '在籍証明書の確認',
  who: everybody,
  audit: 'certificate.check',
  limits: { bodyBytes: 4 * 1024, perMinute: 60 },
});

export const meta = () => [{ title: '在籍証明書の確認 | MAMIS' }];

const longest = 40;

/** What the QR code brings stands in the boxes; nothing is looked up before somebody presses the button. */
export function loader({ params, request }: Route.LoaderArgs) {
  const code = 'code' in params ? (params.code ?? '') : '';
  const number = new URL(request.url).searchParams.get('number') ?? '';
  return { values: { number: number.slice(0, longest), code: codeText(code.slice(0, longest).replaceAll('-', '')) } };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await checkCertificate(contextOf(context), form.input);
  return outcome.ok ? data({ result: outcome.value, values: form.values }) : refusalData(outcome, form.values);
}

function Result({ result }: { result: CheckResult }) {
  const { rows, revokedOn } = result;
  return (
    <Section title="確認の結果">
      <div role="status">
        {rows.length > 0 ? <Notice tone="success" title="この証明書は有効です。" /> : null}
        {revokedOn === undefined ? null : <Notice tone="warn" title={`この証明書は無効になりました(${formatDayPlain(revokedOn)})。`} />}
        {rows.length === 0 && revokedOn === undefined ? (
          <Notice tone="warn" title="発行後に登録内容が訂正されています。発行医師会へお問い合わせください。" />
        ) : null}
      </div>
      {rows.length > 0 ? <p className="my-4">お手元の証明書と同じ内容であることをご確認ください。</p> : null}
      {rows.length > 0 ? <PaperRows rows={rows} /> : null}
      <p className="mt-4">{texts.checkFoot}</p>
    </Section>
  );
}

/** a hospital or insurer checks a paper without login. */
export default function CheckPage({ loaderData, actionData }: Route.ComponentProps) {
  const refused = actionData !== undefined && 'refusal' in actionData ? actionData.refusal : undefined;
  return (
    <>
      <h1>在籍証明書の確認</h1>
      <p>在籍証明書に記載された証明書番号と確認コードを入力してください。QRコードから開いた場合は、入力されています。</p>
      <ErrorSummary refusal={refused} />
      {actionData !== undefined && 'result' in actionData ? <Result result={actionData.result} /> : null}
      <Form method="post" action="/verify" data-unsaved="off">
        <FormState errors={refused?.fields} values={actionData?.values ?? loaderData.values}>
          <TextField
            name="number"
            label={texts.number}
            required
            width="medium"
            hint="例:C-0000000123"
            autoComplete="off"
            spellCheck={false}
          />
          <TextField
            name="code"
            label={texts.code}
            required
            width="medium"
            hint="例:A1B2-C3D4-E5F6"
            autoComplete="off"
            spellCheck={false}
          />
        </FormState>
        <Actions>
          <Button variant="primary">確認する</Button>
        </Actions>
      </Form>
      {actionData === undefined ? <p className="mt-6">{texts.checkFoot}</p> : null}
    </>
  );
}
