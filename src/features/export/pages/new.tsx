import { data, Form } from 'react-router';
import { newId } from '#kernel/id.ts';
import type { Refusal } from '#kernel/refusal.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { FormValues } from '#platform/http/form.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState, textOf } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, DefaultSubmit, LinkButton } from '#ui/parts/Button.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/new.ts';
import { makeExport } from '../commands/make.ts';
import { exportTexts } from '../messages.ts';
import type { NewExport } from '../queries/new-export.ts';
import { newExport } from '../queries/new-export.ts';
import { FileFields, LabelFields, LabelNote } from './new-fields.tsx';

/** 会報・文書の送付 (`reasons.csv`): what labels are usually printed for. */
const toPost = 'E01';

export const handle = definePage({ id: 'O-23', title: '新しい出力', crumb: '新しい出力', who: ['office'], audit: 'export.make' });

export const meta = () => [{ title: 'データ出力 新しい出力 | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const asked = new URL(request.url).searchParams;
  const input = { list: asked.get('list') ?? '', conditions: asked.get('conditions') ?? '', from: asked.get('from') ?? '' };
  const form = orThrow(await ask(newExport, contextOf(context), input));
  const format = asked.get('format') ?? textOf(form.again?.['encoding']);
  return { form, key: newId(), labels: form.mailings !== undefined && format === 'label' };
}

type Answer = {
  refusal: Refusal | undefined;
  values: FormValues /** Set where the columns of the purpose were asked for. */;
  preset: string;
};

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  if (form.intent === 'preset') return data<Answer>({ refusal: undefined, values: form.values, preset: newId() });
  const outcome = await run(makeExport, contextOf(context), form.input, form.key);
  if (outcome.ok) {
    const { id, large, alone } = outcome.value;
    return redirectWithFlash(
      context,
      `/office/exports/${id}`,
      large ? exportTexts.asked : alone ? exportTexts.startedAlone : exportTexts.started,
    );
  }
  const shown = refusalData(outcome, form.values);
  return data<Answer>({ ...shown.data, preset: '' }, shown.init ?? {});
}

function Target({ form }: { form: NewExport }) {
  return (
    <>
      <DefinitionTable
        items={[
          { label: '対象', value: form.title },
          { label: '条件', value: form.words.join(' / ') },
          { label: '件数', value: `${form.count.toLocaleString('ja-JP')}件${form.orMore ? '以上' : ''}` },
        ]}
      />
      <div className="mt-6">
        {form.count === 0 ? <Notice tone="warn" title={exportTexts.nothing} /> : null}
        {form.count >= form.threshold ? (
          <Notice tone="info" title={exportTexts.needsSecond(form.threshold)}>
            {form.alone ? exportTexts.noSecond : null}
          </Notice>
        ) : null}
      </div>
    </>
  );
}

/** What the form shows: as typed, with the columns of the purpose where they were asked for, or as an earlier export had it. */
function shownValues(form: NewExport, answer: Answer | undefined): FormValues | undefined {
  if (answer === undefined) return form.again;
  if (answer.preset === '') return answer.values;
  const plain = form.columns.filter((column) => !column.sensitive && !column.spare).map((column) => column.value);
  return { ...answer.values, columns: form.byPurpose?.[textOf(answer.values['purpose']) ?? ''] ?? plain };
}

export default function NewExportPage({ loaderData, actionData }: Route.ComponentProps) {
  const { form, key, labels } = loaderData;
  const preset = actionData?.preset ?? '';
  return (
    <>
      <h1>{labels ? '宛名ラベル 新しい出力' : 'データ出力 新しい出力'}</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <Target form={form} />
      {labels ? <LabelNote form={form} /> : null}
      <Form method="post">
        <DefaultSubmit value="make" />
        <FormGuard idempotencyKey={key} />
        <input type="hidden" name="list" value={form.list} />
        <input type="hidden" name="conditions" value={form.conditions} />
        <FormState errors={actionData?.refusal?.fields} values={shownValues(form, actionData)}>
          <SelectField
            name="purpose"
            label="目的"
            required
            options={form.purposes}
            defaultValue={form.preset?.purpose ?? (labels ? toPost : undefined)}
          />
          <TextField
            name="purposeText"
            label={exportTexts.purposeText}
            defaultValue={form.preset?.purposeText}
            width="wide"
            hint="「その他」のときに入力してください。100文字以内"
            autoComplete="off"
          />
          <TextField
            name="recipient"
            label={exportTexts.recipient}
            defaultValue={form.preset?.recipient}
            width="wide"
            hint="「施設への所属会員情報の提供」のときに、施設名を入力してください。60文字以内"
            autoComplete="off"
          />
          {labels ? <LabelFields form={form} /> : <FileFields form={form} preset={preset} />}
        </FormState>
        <Actions>
          <Button variant="primary" name="intent" value="make">
            作成する
          </Button>
          <LinkButton to="/office/exports">キャンセル</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
