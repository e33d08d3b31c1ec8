import { Form } from 'react-router';
import { newId } from '#kernel/id.ts';
import { formatDayPlain } from '#kernel/wareki.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { RadioGroup } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import type { Route } from './+types/issuing.ts';
import { saveIssuing } from '../../commands/save-issuing.ts';
import { wayLabels } from '../../labels.ts';
import { certificateTexts as texts } from '../../messages.ts';
import { issuingSettings } from '../../queries/issuing.ts';

export const handle = definePage({
  id: 'O-19-certificates',
  title: '在籍証明書の発行方法',
  crumb: '在籍証明書の発行方法',
  who: ['office'],
  roles: ['admin'],
  audit: 'certificate.saveIssuing',
});

export const meta = () => [{ title: '在籍証明書の発行方法 | MAMIS' }];

export async function loader({ context }: Route.LoaderArgs) {
  return { settings: orThrow(await ask(issuingSettings, contextOf(context), {})), key: newId() };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(saveIssuing, contextOf(context), form.input, form.key);
  return outcome.ok ? redirectWithFlash(context, '/office/association/certificates', '保存しました。') : refusalData(outcome, form.values);
}

type Line = Route.ComponentProps['loaderData']['settings']['versions'][number];

const columns: readonly Column<Line>[] = [
  { key: 'startsOn', head: texts.startsOn, nowrap: true, rowHeader: true, cell: (row) => formatDayPlain(row.startsOn) },
  { key: 'way', head: '発行方法', cell: (row) => wayLabels[row.way] },
  { key: 'president', head: '会長', cell: (row) => [row.presidentTitle, row.presidentName].filter((part) => part !== '').join(' ') },
  {
    key: 'state',
    head: '状態',
    nowrap: true,
    cell: (row) => (
      <StateLabel tone={row.current ? 'success' : 'neutral'}>{row.current ? '適用中' : row.ahead ? '予定' : '過去'}</StateLabel>
    ),
  },
];

type Settings = Route.ComponentProps['loaderData']['settings'];

function IssuingFields({ settings }: { settings: Settings }) {
  const { newest, today } = settings;
  return (
    <>
      <RadioGroup
        name="way"
        label="発行方法"
        required
        defaultValue={newest.way}
        options={[
          { value: 'direct', label: wayLabels.direct, note: '会員がマイページからすぐに発行できます。' },
          { value: 'office', label: wayLabels.office, note: '申請管理の「在籍証明書」に申請が届きます。' },
        ]}
      />
      <TextField
        name="presidentTitle"
        label={texts.presidentTitle}
        required
        width="medium"
        hint="20文字以内"
        defaultValue={newest.presidentTitle}
        autoComplete="off"
      />
      <TextField
        name="presidentName"
        label={texts.presidentName}
        width="medium"
        hint="40文字以内"
        defaultValue={newest.presidentName}
        autoComplete="off"
      />
      <DateField name="startsOn" label={texts.startsOn} required defaultValue={formatDayPlain(today)} today={today} />
    </>
  );
}

export default function IssuingPage({ loaderData, actionData }: Route.ComponentProps) {
  const { settings, key } = loaderData;
  return (
    <>
      <h1>在籍証明書の発行方法</h1>
      <p>貴会が発行する在籍証明書の発行方法と、証明書に記載する会長の職名・氏名です。発行済みの証明書は変わりません。</p>
      <ErrorSummary refusal={actionData?.refusal} />
      <Form method="post" key={settings.version}>
        <FormGuard idempotencyKey={key} version={settings.version} />
        <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
          <IssuingFields settings={settings} />
        </FormState>
        <div className="mb-8">
          <Actions>
            <Button variant="primary">保存する</Button>
          </Actions>
        </div>
      </Form>
      <Section title="これまでの設定">
        <DataTable
          caption="在籍証明書の発行方法の履歴"
          columns={columns}
          rows={settings.versions}
          rowKey={(row) => String(row.version)}
          empty="設定はまだありません。会員が直接発行できます。"
        />
      </Section>
    </>
  );
}
