import { Form } from 'react-router';
import { newId } from '#kernel/id.ts';
import { formatInstant } from '#kernel/wareki.ts';
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
import { TextArea } from '#ui/fields/TextArea.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import type { Route } from './+types/announcements.ts';
import { announceService, endService, withdrawService } from '../commands/keep-notice.ts';
import { serviceKinds, serviceModes } from '../fields.ts';
import { kindLabels, modeLabels, phaseLabels, phaseTones } from '../labels.ts';
import { serviceTexts as texts } from '../messages.ts';
import type { ServiceLine } from '../queries/service-notices.ts';
import { serviceEntered } from '../queries/service-notices.ts';

export const handle = definePage({
  id: 'P-07',
  title: 'メンテナンス・障害のお知らせ',
  crumb: 'メンテナンス・障害のお知らせ',
  who: ['operations'],
  audit: 'serviceNotice.announce',
});

export const meta = () => [{ title: 'メンテナンス・障害のお知らせ | MAMIS' }];

const here = '/operations/announcements';

export async function loader({ context }: Route.LoaderArgs) {
  const entered = orThrow(await ask(serviceEntered, contextOf(context), {}));
  return { ...entered, key: newId() };
}

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  const settles = form.intent === 'end' ? endService : form.intent === 'withdraw' ? withdrawService : undefined;
  const outcome =
    settles === undefined ? await run(announceService, ctx, form.input, form.key) : await run(settles, ctx, form.input, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(
    context,
    here,
    settles === undefined ? '登録しました。' : form.intent === 'end' ? '終了にしました。' : '取り消しました。',
  );
}

function Acts({ line }: { line: ServiceLine }) {
  if (line.phase === 'over' || line.phase === 'withdrawn') return <>－</>;
  const end = line.kind === 'fault' ? '復旧にする' : '終了にする';
  const named = `${kindLabels[line.kind]} ${formatInstant(line.startsAt)} を`;
  return (
    <Form method="post">
      <FormGuard idempotencyKey={`${line.id}:${line.version}`} version={line.version} />
      <input type="hidden" name="id" value={line.id} />
      {line.phase === 'running' ? (
        <Button size="small" name="intent" value="end" aria-label={`${named}${end}`}>
          {end}
        </Button>
      ) : null}
      <Button size="small" variant="danger" name="intent" value="withdraw" aria-label={`${named}取り消す`}>
        取り消す
      </Button>
    </Form>
  );
}

const columns: readonly Column<ServiceLine>[] = [
  { key: 'kind', head: texts.kind, nowrap: true, cell: (line) => kindLabels[line.kind] },
  { key: 'text', head: '表示する内容', rowHeader: true, cell: (line) => line.sentence },
  { key: 'around', head: texts.workaround, cell: (line) => line.workaround || '－' },
  {
    key: 'phase',
    head: '状態',
    nowrap: true,
    cell: (line) => <StateLabel tone={phaseTones[line.phase]}>{phaseLabels[line.phase]}</StateLabel>,
  },
  { key: 'by', head: '入力した人', cell: (line) => `${line.enteredName} ${formatInstant(line.enteredAt)}` },
  { key: 'acts', head: '操作', nowrap: true, cell: (line) => <Acts line={line} /> },
];

function Fields({ today }: { today: Route.ComponentProps['loaderData']['today'] }) {
  return (
    <>
      <RadioGroup
        name="kind"
        label={texts.kind}
        required
        inline
        options={serviceKinds.map((value) => ({ value, label: kindLabels[value] }))}
      />
      <DateField name="startsOn" label={texts.startsOn} required today={today} />
      <TextField name="startsTime" label={texts.startsTime} required width="short" hint="例:22:00" autoComplete="off" />
      <DateField name="endsOn" label={texts.endsOn} today={today} hint="メンテナンスのとき必須" />
      <TextField
        name="endsTime"
        label={texts.endsTime}
        width="short"
        hint="例:翌日の5:00は、終了予定日を翌日にして5:00"
        autoComplete="off"
      />
      <RadioGroup name="mode" label={texts.mode} required options={serviceModes.map((value) => ({ value, label: modeLabels[value] }))} />
      <TextArea name="impact" label={texts.impact} hint="障害のとき必須。300文字以内。個人の情報は書かないでください" />
      <TextArea name="workaround" label={texts.workaround} hint="300文字以内" />
    </>
  );
}

/** P-07: 計画停止 and 障害, for 稼働状況 and the banner of every page. */
export default function Announcements({ loaderData, actionData }: Route.ComponentProps) {
  const { lines, today, key } = loaderData;
  return (
    <>
      <h1>メンテナンス・障害のお知らせ</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <p>
        登録すると、稼働状況のページに表示されます。障害はすぐに、メンテナンスは近づくと、ログイン画面を含むすべてのページの上部にも表示されます。
      </p>
      <Section title="登録済みのお知らせ">
        <DataTable
          caption="メンテナンス・障害のお知らせ"
          columns={columns}
          rows={lines}
          rowKey={(line) => line.id}
          empty="登録されたお知らせはありません。"
        />
      </Section>
      <Section title="新規登録">
        <Form method="post">
          <FormGuard idempotencyKey={key} />
          <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
            <Fields today={today} />
          </FormState>
          <Actions>
            <Button variant="primary">登録する</Button>
          </Actions>
        </Form>
      </Section>
    </>
  );
}
