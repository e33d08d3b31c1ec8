import { Form } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { Checkbox, RadioGroup } from '#ui/fields/Choices.tsx';
import { DateField } from '#ui/fields/DateField.tsx';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { SelectField } from '#ui/fields/SelectField.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import type { Route } from './+types/announced.ts';
import { announceNotice } from '../commands/announce.ts';
import { endNotice } from '../commands/publish.ts';
import { periodText, shownStateLabels, shownStateTones, targetLabels } from '../labels.ts';
import { noticeTexts as texts } from '../messages.ts';
import type { AnnouncedRow } from '../queries/announced.ts';
import { announcedNotices } from '../queries/announced.ts';
import { bodyLimit } from '../schema.ts';

export const handle = definePage({
  id: 'P-07-notices',
  title: '全体のお知らせ',
  crumb: '全体のお知らせ',
  who: ['operations'],
  audit: 'notice.announce',
});

export const meta = () => [{ title: '全体のお知らせ | MAMIS' }];

const here = '/operations/announcements/notices';

export async function loader({ context }: Route.LoaderArgs) {
  return { ...orThrow(await ask(announcedNotices, contextOf(context), {})), key: newId() };
}

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  if (form.intent === 'end') {
    const ended = await run(endNotice, ctx, form.input, form.key);
    return ended.ok ? redirectWithFlash(context, here, texts.ended(ended.value)) : refusalData(ended, {});
  }
  const outcome = await run(announceNotice, ctx, form.input, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, here, outcome.value.waits ? texts.handedOver : texts.announced);
}

function End({ row }: { row: AnnouncedRow }) {
  if (!row.mayEnd) return <>－</>;
  return (
    <Form method="post">
      <FormGuard idempotencyKey={`${row.id}:${row.version}`} version={row.version} />
      <input type="hidden" name="id" value={row.id} />
      <Button size="small" variant="danger" name="intent" value="end" aria-label={`${row.title} の掲載を終了する`}>
        終了する
      </Button>
    </Form>
  );
}

const columns: readonly Column<AnnouncedRow>[] = [
  { key: 'period', head: '掲載期間', nowrap: true, cell: (row) => periodText(row.startsOn, row.endsOn) },
  { key: 'title', head: texts.title, rowHeader: true, cell: (row) => row.title },
  { key: 'target', head: texts.target, nowrap: true, cell: (row) => (row.target === null ? '－' : targetLabels[row.target]) },
  {
    key: 'state',
    head: '状態',
    cell: (row) => (
      <>
        <StateLabel tone={shownStateTones[row.shown]}>{shownStateLabels[row.shown]}</StateLabel>
        {row.shown === 'draft' && row.byMail ? ' 日本医師会の管理者の確認待ち' : ''}
      </>
    ),
  },
  {
    key: 'reads',
    head: '既読',
    nowrap: true,
    align: 'right',
    cell: (row) => (row.reads === undefined ? '－' : row.reads.toLocaleString('ja-JP')),
  },
  { key: 'writer', head: '作成者', cell: (row) => row.writerName },
  { key: 'end', head: '操作', nowrap: true, cell: (row) => <End row={row} /> },
];

type Loaded = Route.ComponentProps['loaderData'];

function Fields({ categories, targets, today }: Pick<Loaded, 'categories' | 'targets' | 'today'>) {
  return (
    <>
      <TextField name="title" label={texts.title} required hint="80文字以内" width="wide" autoComplete="off" />
      <SelectField name="category1" label={texts.category1} required options={categories} placeholder="選択してください" />
      <TextArea name="lead" label={texts.lead} hint="一覧とメールに出る要約。200文字以内" />
      <TextArea
        name="body"
        label={texts.body}
        required
        limit={bodyLimit}
        hint="行の始めの「# 」は見出し、「- 」は箇条書きになります。個人の情報は書かないでください"
      />
      <RadioGroup name="target" label={texts.target} required options={targets} />
      <DateField name="startsOn" label={texts.startsOn} required today={today} />
      <DateField name="endsOn" label={texts.endsOn} today={today} hint="空欄のときは、「終了する」まで掲載します。" />
      <Checkbox name="important" label="重要(読むまで一番上に表示する)" />
      <Checkbox name="byMail" label="メールで送信する(全医師、全医師会事務局のとき。日本医師会の管理者が登録すると送信されます)" />
    </>
  );
}

/** P-07: お知らせ to all doctors, all offices or everybody. */
export default function Announced({ loaderData, actionData }: Route.ComponentProps) {
  const { rows, key } = loaderData;
  return (
    <>
      <h1>全体のお知らせ</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <p>
        すべての医師、すべての医師会事務局、またはログイン画面に、日本医師会のお知らせとして掲載します。メンテナンスと障害は「メンテナンス・障害のお知らせ」で登録してください。
      </p>
      <Section title="登録済みのお知らせ">
        <DataTable caption="全体のお知らせ" columns={columns} rows={rows} rowKey={(row) => row.id} empty={texts.none} />
      </Section>
      <Section title="新規登録">
        <Form method="post">
          <FormGuard idempotencyKey={key} />
          <FormState errors={actionData?.refusal.fields} values={actionData?.values}>
            <Fields {...loaderData} />
          </FormState>
          <Actions>
            <Button variant="primary">登録する</Button>
          </Actions>
        </Form>
      </Section>
    </>
  );
}
