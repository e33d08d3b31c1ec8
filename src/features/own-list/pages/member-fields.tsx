import { Form } from 'react-router';
import { MemberFrame } from '#features/membership/pages/member-frame.tsx';
import { newId } from '#kernel/id.ts';
import { formatInstant } from '#kernel/wareki.ts';
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
import { Actions, Button } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import type { Route } from './+types/member-fields.ts';
import { saveValues } from '../commands/save-values.ts';
import { texts } from '../labels.ts';
import type { MemberField } from '../queries/member-fields.ts';
import { memberFields } from '../queries/member-fields.ts';

export const handle = definePage({
  id: 'O-08',
  title: '会員の独自項目',
  crumb: '独自項目',
  under: [{ label: '会員情報詳細', up: 1 }],
  who: ['office'],
  audit: 'member.viewed',
});

export const meta = () => [{ title: '会員の独自項目 | MAMIS' }];

/** After a conflict the form carries the version that stands now. */
export const shouldRevalidate = ({ actionStatus, defaultShouldRevalidate }: { actionStatus?: number; defaultShouldRevalidate: boolean }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ context, params }: Route.LoaderArgs) {
  return { ...orThrow(await ask(memberFields, contextOf(context), { id: params.id })), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  const { version, values } = form.input;
  const outcome = await run(saveValues, ctx, { id: params.id, version, values }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, `/office/members/${params.id}/own-fields`, texts.saved);
}

function Field({ field, line }: { field: MemberField; line: number }) {
  const name = `values.${line}.value`;
  const hint = field.shown ? 'ご本人にも表示されます。' : undefined;
  const common = { name, label: field.name, hint };
  return (
    <>
      <input type="hidden" name={`values.${line}.fieldId`} value={field.id} />
      {field.kind === 'choice' ? (
        <SelectField
          {...common}
          defaultValue={field.value}
          placeholder="選択してください"
          options={field.choices.map((choice) => ({ value: choice, label: choice }))}
        />
      ) : field.kind === 'day' ? (
        <DateField {...common} defaultValue={field.value} plain />
      ) : (
        <TextField {...common} defaultValue={field.value} width="wide" autoComplete="off" />
      )}
    </>
  );
}

/** 独自項目 of one member, of the own office only (`screens.md O-08`). */
export default function MemberFieldsPage({ loaderData, actionData }: Route.ComponentProps) {
  const { head, version, fields, former, last, key } = loaderData;
  return (
    <MemberFrame head={head} current="fields">
      <ErrorSummary refusal={actionData?.refusal} />
      <Section title="独自項目">
        <p>貴会が「送付物・会員区分設定」で定めた項目です。ほかの医師会には表示されません。</p>
        {last === undefined ? null : <p>{`最終更新:${last.authorName} ${formatInstant(last.at)}`}</p>}
        {fields.length === 0 ? (
          <EmptyState>独自項目はまだ登録されていません。管理者が「送付物・会員区分設定」で登録します。</EmptyState>
        ) : (
          <Form method="post" key={version}>
            <FormGuard idempotencyKey={key} />
            <input type="hidden" name="version" value={version} />
            <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
              {fields.map((field, line) => (
                <Field key={field.id} field={field} line={line} />
              ))}
            </FormState>
            <Actions>
              <Button variant="primary">保存する</Button>
            </Actions>
          </Form>
        )}
      </Section>
      {former.length === 0 ? null : (
        <Section title="終了した項目">
          <DefinitionTable items={former.map(({ name, value }) => ({ label: name, value }))} />
        </Section>
      )}
    </MemberFrame>
  );
}
