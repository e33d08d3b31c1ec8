import { Form } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash } from '#platform/http/respond.ts';
import { uploadedText } from '#platform/sheet/uploaded-text.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SheetField } from '#ui/fields/SheetField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import type { Route } from './+types/bulk.ts';
import { batchTexts } from '../../batch-messages.ts';
import { proposeBatch } from '../../commands/keep-batch.ts';
import { mostBatchRows, mostOpenings } from '../../master-schema.ts';
import { checkBatch } from '../../queries/master-sheet.ts';
import { bulkPage, CheckedFile } from './bulk-parts.tsx';

export const handle = definePage({
  id: 'J-02',
  title: batchTexts.title,
  crumb: batchTexts.title,
  who: ['office'],
  roles: ['admin'],
  layers: [1],
  audit: 'association.proposeBatch',
  // The text of the file travels in the form.
  limits: { bodyBytes: 4 * 1024 * 1024, perMinute: 40 },
});

export const meta = () => [{ title: `${batchTexts.title} | MAMIS` }];

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  if (form.intent !== 'enter') {
    const uploaded = await uploadedText(form.input['file']);
    if ('fault' in uploaded) return { step: 'upload' as const, wrong: uploaded.fault };
    const checked = orThrow(await ask(checkBatch, ctx, { text: uploaded.text }));
    if (checked.broken !== undefined) return { step: 'upload' as const, wrong: checked.broken };
    return { step: 'checked' as const, checked, text: uploaded.text, refusal: undefined, key: newId() };
  }
  const given = form.input['text'];
  const text = typeof given === 'string' ? given : '';
  const outcome = await run(proposeBatch, ctx, { text, reason: form.input['reason'] }, form.key);
  if (outcome.ok) return redirectWithFlash(context, `${bulkPage}/${outcome.value.id}`, batchTexts.proposed);
  if (outcome.refusal.code === 'forbidden' || outcome.refusal.code === 'unavailable') orThrow<never>(outcome);
  const checked = orThrow(await ask(checkBatch, ctx, { text }));
  if (checked.broken !== undefined) return { step: 'upload' as const, wrong: checked.broken };
  return { step: 'checked' as const, checked, text, refusal: outcome.refusal, key: newId() };
}

/** The file and its check: nothing is changed yet. */
function Upload({ wrong }: { wrong: string | undefined }) {
  const refusal = wrong === undefined ? undefined : ({ code: 'invalid', message: wrong, fields: { file: [wrong] } } as const);
  return (
    <>
      <ErrorSummary refusal={refusal} />
      <p>{`医師会マスタのCSVダウンロードで保存したファイルを直して、まとめて更新します(${mostBatchRows.toLocaleString('ja-JP')}件まで)。誤りのある行が1つでもあると、1件も変更されません。`}</p>
      <ul className="my-4">
        <li>変更できるのは、名称、フリガナ、上位医師会コード、種別、都道府県コード、廃止日、確認です。</li>
        <li>
          変更する行の適用日に、変更する日(本日以降)を入力します。変更しない行は、そのままで構いません。ファイルから除いても構いません。
        </li>
        <li>廃止する行は、廃止日だけを入力します。会員のいる医師会は、合併を入力してください。</li>
        <li>
          {`新しい医師会は、行を加えて登録できます(${mostOpenings}件まで)。「新しい医師会の列を含むCSV」の、医師会コード、名称、フリガナ、階層、上位医師会コード、種別、都道府県コード、設立日と、初期管理者の氏名、フリガナ、メールアドレスを入力します。`}
        </li>
      </ul>
      <Form method="post" encType="multipart/form-data">
        <FormState errors={refusal?.fields} values={undefined}>
          <Section title="ファイル">
            <SheetField name="file" label="CSVファイル" required hint="UTF-8またはShift_JIS。1MBまで" />
          </Section>
        </FormState>
        <Actions>
          <Button variant="primary" name="intent" value="check">
            検査する(変更は行いません)
          </Button>
          <a className="ui-button" href="/jma/associations/associations.csv" download>
            CSVダウンロード
          </a>
          <a className="ui-button" href="/jma/associations/associations.csv?columns=admins" download>
            新しい医師会の列を含むCSV
          </a>
          <LinkButton to="/jma/associations" variant="text">
            医師会マスタに戻る
          </LinkButton>
        </Actions>
      </Form>
    </>
  );
}

/** CSVで一括更新 (`screens.md J-02`). */
export default function BulkUpdate({ actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>{batchTexts.title}</h1>
      {actionData?.step === 'checked' ? (
        <CheckedFile checked={actionData.checked} text={actionData.text} refusal={actionData.refusal} guardKey={actionData.key} />
      ) : (
        <Upload wrong={actionData?.wrong} />
      )}
    </>
  );
}
