import { Form } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { DateField } from '#ui/fields/DateField.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import type { Route } from './+types/new.ts';
import { openAssociation } from '../../commands/open-association.ts';
import { kindLabels, masterNames as names } from '../../master-fields.ts';
import { openStart } from '../../queries/master.ts';
import { AdminFields } from './first-admins.tsx';

export const handle = definePage({
  id: 'J-02',
  title: '医師会の新規登録',
  crumb: '新規登録',
  who: ['office'],
  roles: ['admin'],
  layers: [1],
  audit: 'association.open',
});

export const meta = () => [{ title: '医師会の新規登録 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  return { start: orThrow(await ask(openStart, contextOf(context), {})), key: newId() };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(openAssociation, contextOf(context), form.input, form.key);
  return outcome.ok
    ? redirectWithFlash(context, `/jma/associations/${outcome.value.code}`, '登録しました。')
    : refusalData(outcome, form.values);
}

const kindOptions = Object.entries(kindLabels)
  .filter(([value]) => value !== 'national')
  .map(([value, label]) => ({ value, label }));

export default function NewAssociation({ loaderData, actionData }: Route.ComponentProps) {
  const { start, key } = loaderData;
  return (
    <>
      <h1>医師会の新規登録</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <Form method="post">
        <FormGuard idempotencyKey={key} />
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          <TextField name="code" label={names.code} required width="short" hint="5桁の数字" inputMode="numeric" autoComplete="off" />
          <TextField name="name" label={names.name} required hint="60文字以内" autoComplete="off" />
          <TextField name="kana" label={names.kana} required hint="全角カタカナ60文字以内" autoComplete="off" />
          <SelectField
            name="layer"
            label={names.layer}
            required
            placeholder="選択してください"
            options={[2, 3, 4].map((layer) => ({ value: String(layer), label: `${layer}層` }))}
          />
          <TextField
            name="parentCode"
            label={names.parentCode}
            required
            width="short"
            hint="ひとつ上の階層。5桁の数字"
            inputMode="numeric"
            autoComplete="off"
          />
          <SelectField name="kind" label={names.kind} required placeholder="選択してください" options={kindOptions} />
          <SelectField name="prefectureCode" label={names.prefecture} required placeholder="選択してください" options={start.prefectures} />
          <DateField name="opensOn" label={names.opensOn} required today={start.today} />
          <AdminFields />
        </FormState>
        <Actions>
          <Button variant="primary">登録する</Button>
          <LinkButton to="/jma/associations">戻る</LinkButton>
        </Actions>
      </Form>
    </>
  );
}
