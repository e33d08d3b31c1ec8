import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { TextField } from '#ui/fields/TextField.tsx';
import type { Route } from './+types/notice-category.ts';
import { endNoticeCategory, keepNoticeCategory } from '../commands/keep-notice-category.ts';
import { names, texts } from '../labels.ts';
import { noticeCategoryEntry } from '../queries/entries.ts';
import { EntryForm, listOf } from './entry-form.tsx';

export const handle = definePage({
  id: 'O-20',
  title: 'お知らせカテゴリの登録・変更',
  crumb: 'お知らせカテゴリ',
  who: ['office'],
  roles: ['admin'],
  audit: 'ownList.keepNoticeCategory',
});

export const meta = () => [{ title: 'お知らせカテゴリ | MAMIS' }];

/** After a conflict the form carries the version that stands now. */
export const shouldRevalidate = ({ actionStatus, defaultShouldRevalidate }: { actionStatus?: number; defaultShouldRevalidate: boolean }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ context, params }: Route.LoaderArgs) {
  return { entry: orThrow(await ask(noticeCategoryEntry, contextOf(context), { id: params.id })), key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const ctx = contextOf(context);
  const { present } = orThrow(await ask(noticeCategoryEntry, ctx, { id: params.id }));
  const form = await parseForm(request);
  const input = { ...form.input, id: params.id };
  const list = listOf('notice-categories');
  if (form.intent === 'end') {
    const ended = await run(endNoticeCategory, ctx, input, form.key);
    return ended.ok ? redirectWithFlash(context, list, texts.ended) : refusalData(ended, form.values);
  }
  const kept = await run(keepNoticeCategory, ctx, input, form.key);
  if (!kept.ok) return refusalData(kept, form.values);
  return redirectWithFlash(context, list, present === undefined ? texts.registered : texts.saved);
}

/** お知らせカテゴリ: one name (`screens.md O-20`). */
export default function NoticeCategoryPage({ loaderData, actionData }: Route.ComponentProps) {
  const { entry, key } = loaderData;
  const { present } = entry;
  return (
    <EntryForm
      tab="notice-categories"
      title={present === undefined ? 'お知らせカテゴリの登録' : 'お知らせカテゴリの変更'}
      isNew={present === undefined}
      idempotencyKey={key}
      version={entry.version}
      values={entry.values}
      answer={actionData}
      more={present === undefined || present.ended ? undefined : { intent: 'end', label: '終了する' }}
    >
      {present === undefined && entry.first ? <p>最初の1件を登録すると、共通のカテゴリは選べなくなります。</p> : null}
      {present?.ended === true ? <p>このカテゴリは終了しています。</p> : null}
      <TextField name="name" label={names.name} required hint="20文字以内" autoComplete="off" />
    </EntryForm>
  );
}
