import { Form, useLocation } from 'react-router';
import { newId } from '#kernel/id.ts';
import { deleteView, saveView } from '#features/staff/commands/saved-views.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { TextField } from '#ui/fields/TextField.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import { EmptyState } from '#ui/parts/EmptyState.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Column } from '#ui/table/DataTable.tsx';
import { DataTable } from '#ui/table/DataTable.tsx';
import type { Route } from './+types/views.ts';
import { inboxViews } from '../../queries/inbox-views.ts';
import { listSearch, listTo } from './list-links.ts';

export const handle = definePage({ id: 'O-03', title: '保存した条件', crumb: '保存した条件', who: ['office'], audit: 'staff.saveView' });

export const meta = () => [{ title: '保存した条件 | MAMIS' }];

/** Opened from the list, the address carries its conditions. */
function conditionsIn(url: string): string {
  const { search } = new URL(url);
  return search === '' ? '' : listSearch(search);
}

export async function loader({ context, request }: Route.LoaderArgs) {
  const found = orThrow(await ask(inboxViews, contextOf(context), { conditions: conditionsIn(request.url) }));
  return { ...found, keys: { save: newId(), ofView: Object.fromEntries(found.views.map((view) => [view.id, newId()])) } };
}

export async function action({ context, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const form = await parseForm(request);
  if (form.intent === 'delete') {
    const outcome = await run(deleteView, ctx, form.input, form.key);
    return outcome.ok ? redirectWithFlash(context, '/office/applications/views', '削除しました。') : refusalData(outcome, form.values);
  }
  const conditions = conditionsIn(request.url);
  const outcome = await run(saveView, ctx, { ...form.input, list: 'applications', conditions }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, `/office/applications${conditions}`, '保存しました。');
}

type View = Route.ComponentProps['loaderData']['views'][number];

function SaveForm({ words, idempotencyKey, refused }: { words: readonly string[]; idempotencyKey: string; refused: Refused }) {
  return (
    <Section title="この条件を保存">
      <DefinitionTable items={[{ label: '条件', value: words.join(' / ') }]} />
      <Form method="post" className="mt-4">
        <FormGuard idempotencyKey={idempotencyKey} />
        <FormState errors={refused?.refusal.fields} values={refused?.values}>
          <TextField name="name" label="名前" required hint="30文字以内" width="medium" autoComplete="off" />
        </FormState>
        <Actions>
          <Button variant="primary" name="intent" value="save">
            保存する
          </Button>
        </Actions>
      </Form>
    </Section>
  );
}

type Refused = Route.ComponentProps['actionData'];

function columnsFor(keys: Readonly<Record<string, string>>): readonly Column<View>[] {
  return [
    { key: 'name', head: '名前', rowHeader: true, cell: (view) => view.name },
    { key: 'words', head: '条件', cell: (view) => view.words.join(' / ') },
    {
      key: 'delete',
      head: '操作',
      cell: (view) => (
        <Form method="post" action="/office/applications/views">
          <FormGuard idempotencyKey={keys[view.id] ?? ''} />
          <input type="hidden" name="id" value={view.id} />
          <Button size="small" name="intent" value="delete" aria-label={`「${view.name}」を削除する`}>
            削除する
          </Button>
        </Form>
      ),
    },
  ];
}

/** 保存した条件 of 申請管理: kept, opened, deleted; the same without script. */
export default function InboxViews({ loaderData, actionData }: Route.ComponentProps) {
  const { views, asked, keys } = loaderData;
  const { search } = useLocation();
  const unreadable = search !== '' && asked === undefined;
  return (
    <>
      <h1>保存した条件</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      {unreadable ? <Notice tone="warn" title="検索条件に誤りがあるため、保存できません。一覧で条件をご確認ください。" /> : null}
      {asked === undefined ? null : <SaveForm words={asked} idempotencyKey={keys.save} refused={actionData} />}
      <Section title="保存した条件の一覧">
        {views.length === 0 ? (
          <EmptyState>保存した条件はありません。申請一覧の「この条件を保存」から保存できます。</EmptyState>
        ) : (
          <DataTable
            caption="保存した条件"
            columns={columnsFor(keys.ofView)}
            rows={views}
            rowKey={(view) => view.id}
            rowTo={(view) => `/office/applications${view.conditions}`}
          />
        )}
      </Section>
      <Actions>
        <LinkButton to={search === '' ? '/office/applications' : listTo(search)}>申請一覧に戻る</LinkButton>
      </Actions>
    </>
  );
}
