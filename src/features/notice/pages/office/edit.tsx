import { redirect } from 'react-router';
import { newId } from '#kernel/id.ts';
import { filesUnder } from '#platform/http/files-under.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import type { Route } from './+types/edit.ts';
import { takeNoticeForm } from '../../commands/take-form.ts';
import { noticeForm } from '../../queries/office-notice.ts';
import { NoticeEntry } from './notice-form.tsx';

export const handle = definePage({
  id: 'O-16',
  title: 'お知らせの編集',
  crumb: '編集',
  who: ['office'],
  audit: 'notice.save',
  limits: { bodyBytes: 52 * 1024 * 1024 },
});

export const meta = () => [{ title: 'お知らせの編集 | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  return { form: orThrow(await ask(noticeForm, contextOf(context), { id: params.id })), key: newId() };
}

export async function action({ context, request, params }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await takeNoticeForm(contextOf(context), form, { id: params.id, files: filesUnder(form.input['files']) });
  if (!outcome.ok) return refusalData(outcome, form.values);
  const { to, flash } = outcome.value;
  return flash === undefined ? redirect(to, 303) : redirectWithFlash(context, to, flash);
}

export default function EditNotice({ loaderData, actionData }: Route.ComponentProps) {
  const { form, key } = loaderData;
  return (
    <>
      <h1>お知らせの編集</h1>
      <NoticeEntry key={form.version} form={form} idempotencyKey={key} refused={actionData} cancelTo={`/office/notices/${form.id ?? ''}`} />
    </>
  );
}
