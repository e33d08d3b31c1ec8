import { Form } from 'react-router';
import { newId } from '#kernel/id.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { Checkbox, CheckboxGroup, RadioGroup } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/new.ts';
import { makeExport } from '../commands/make.ts';
import { exportTexts } from '../messages.ts';
import type { NewExport } from '../queries/new-export.ts';
import { newExport } from '../queries/new-export.ts';

export const handle = definePage({ id: 'O-23', title: '新しい出力', crumb: '新しい出力', who: ['office'], audit: 'export.make' });

export const meta = () => [{ title: 'データ出力 新しい出力 | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const asked = new URL(request.url).searchParams;
  const input = { list: asked.get('list') ?? '', conditions: asked.get('conditions') ?? '' };
  return { form: orThrow(await ask(newExport, contextOf(context), input)), key: newId() };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(makeExport, contextOf(context), form.input, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  const { id, large } = outcome.value;
  return redirectWithFlash(context, `/office/exports/${id}`, large ? '承認を依頼しました。' : '作成を開始しました。');
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
          <Notice tone="info" title={`${form.threshold.toLocaleString('ja-JP')}件以上の出力には、別の担当者の承認が必要です。`} />
        ) : null}
      </div>
    </>
  );
}

function Columns({ form }: { form: NewExport }) {
  const sensitive = form.columns.some((column) => column.sensitive);
  return (
    <>
      <CheckboxGroup
        name="columns"
        label="項目"
        required
        inline
        options={form.columns}
        defaultValue={form.columns.filter((column) => !column.sensitive).map((column) => column.value)}
      />
      {sensitive ? (
        <TextField name="sensitiveReason" label={exportTexts.sensitiveReason} width="wide" hint="200文字以内" autoComplete="off" />
      ) : null}
    </>
  );
}

function FileFields({ form }: { form: NewExport }) {
  return (
    <>
      <DateField name="baseOn" label="基準日" required defaultValue={formatDayPlain(form.today)} today={form.today} />
      <RadioGroup
        name="encoding"
        label="形式"
        required
        defaultValue="utf8"
        options={[
          { value: 'utf8', label: 'CSV(UTF-8、BOM付き)' },
          { value: 'cp932', label: 'CSV(Shift_JIS)', note: '氏名などに使われる文字の一部は変換できません。' },
          { value: 'xlsx', label: 'Excel' },
        ]}
      />
      <RadioGroup
        name="unmappedWay"
        label="Shift_JISに変換できない文字があるとき"
        defaultValue="refuse"
        options={[
          { value: 'refuse', label: '出力しない', note: '変換できない文字の一覧を示します。' },
          { value: 'substitute', label: '代替文字(〓)で出力する', note: '置き換えた文字の一覧を記録します。' },
        ]}
      />
      <Checkbox name="numbered" label="1行目に出力番号を付ける" defaultChecked hint="他のシステムに取り込むときは外してください。" />
      <DateField name="deleteBy" label="削除予定日" required defaultValue={formatDayPlain(form.deleteBy)} today={form.today} />
    </>
  );
}

export default function NewExportPage({ loaderData, actionData }: Route.ComponentProps) {
  const { form, key } = loaderData;
  return (
    <>
      <h1>データ出力 新しい出力</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <Target form={form} />
      <Form method="post">
        <FormGuard idempotencyKey={key} />
        <input type="hidden" name="list" value={form.list} />
        <input type="hidden" name="conditions" value={form.conditions} />
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          <SelectField name="purpose" label="目的" required options={form.purposes} defaultValue={form.preset?.purpose} />
          <TextField
            name="purposeText"
            label={exportTexts.purposeText}
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
          <Columns form={form} />
          <FileFields form={form} />
        </FormState>
        <Actions>
          <Button variant="primary">作成する</Button>
          <LinkButton to="/office/exports">キャンセル</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
