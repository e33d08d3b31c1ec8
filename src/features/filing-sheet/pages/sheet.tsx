import { Form } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { uploadedText } from '#platform/sheet/uploaded-text.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SheetField } from '#ui/fields/SheetField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import type { Route } from './+types/sheet.ts';
import { enterSheet } from '../commands/enter-sheet.ts';
import { sheetTexts } from '../messages.ts';
import { checkSheet, enteredCases } from '../queries/check-sheet.ts';
import { mostRows } from '../schema.ts';
import { CheckedFile, EnteredFile } from './sheet-parts.tsx';

export const handle = definePage({
  id: 'O-10',
  title: 'CSVで代理申請',
  crumb: 'CSVで代理申請',
  who: ['office'],
  audit: 'filingSheet.enter',
  // The text of the file travels in the form; judging 500 papers takes seconds.
  limits: { bodyBytes: 4 * 1024 * 1024, perMinute: 40 },
});

export const meta = () => [{ title: 'CSVで代理申請 | MAMIS' }];

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

async function enter(ctx: ReturnType<typeof contextOf>, form: Awaited<ReturnType<typeof parseForm>>) {
  const { agreed, originals } = form.input;
  const text = textIn(form.input['text']);
  const outcome = await run(enterSheet, ctx, { text, agreed, originals }, form.key);
  if (outcome.ok) {
    const { rows } = outcome.value;
    const shown = orThrow(await ask(enteredCases, ctx, { ids: rows.map((row) => row.id) }));
    const entered = rows.map((row) => ({ ...row, name: shown.find((one) => one.id === row.id)?.name ?? '' }));
    return { step: 'entered' as const, entered };
  }
  if (outcome.refusal.code === 'forbidden' || outcome.refusal.code === 'unavailable') orThrow<never>(outcome);
  const { checked } = orThrow(await ask(checkSheet, ctx, { text }));
  return { step: 'checked' as const, checked, text, refusal: outcome.refusal, key: newId() };
}

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  if (form.intent === 'enter') return await enter(ctx, form);
  const uploaded = await uploadedText(form.input['file']);
  if ('fault' in uploaded) return { step: 'upload' as const, wrong: uploaded.fault };
  const { checked } = orThrow(await ask(checkSheet, ctx, { text: uploaded.text }));
  if (checked.broken !== undefined) return { step: 'upload' as const, wrong: checked.broken };
  return { step: 'checked' as const, checked, text: uploaded.text, refusal: undefined, key: newId() };
}

/** The file and its check: nothing is registered yet. */
function Upload({ wrong }: { wrong: string | undefined }) {
  const refusal = wrong === undefined ? undefined : ({ code: 'invalid', message: wrong, fields: { file: [wrong] } } as const);
  return (
    <>
      <ErrorSummary refusal={refusal} />
      <p>{`複数の会員の届を、1つのファイルからまとめて代理で申請します(1行に1件、${mostRows}件まで)。誤りのある行が1つでもあると、1件も申請されません。`}</p>
      <p>死亡・所在不明の退会届と、書類の添付が必要な届は、会員情報詳細の「代理申請入力」から入力してください。</p>
      <Form method="post" encType="multipart/form-data">
        <FormState errors={refusal?.fields} values={undefined}>
          <Section title="ファイル">
            <SheetField name="file" label="CSVファイル" required hint="UTF-8またはShift_JIS。1MBまで" />
          </Section>
        </FormState>
        <Actions>
          <Button variant="primary" name="intent" value="check">
            検査する(申請は行いません)
          </Button>
          <a className="ui-button" href="/office/applications/proxy-sheet/format.csv" download>
            様式をダウンロード
          </a>
          <LinkButton to="/office/applications" variant="text">
            申請一覧に戻る
          </LinkButton>
        </Actions>
      </Form>
    </>
  );
}

/** CSVで代理申請 (`screens.md O-10`). */
export default function ProxySheet({ actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>{sheetTexts.title}</h1>
      {actionData?.step === 'entered' ? <EnteredFile rows={actionData.entered} /> : null}
      {actionData?.step === 'checked' ? (
        <CheckedFile checked={actionData.checked} text={actionData.text} refusal={actionData.refusal} guardKey={actionData.key} />
      ) : null}
      {actionData === undefined || actionData.step === 'upload' ? <Upload wrong={actionData?.wrong} /> : null}
    </>
  );
}
