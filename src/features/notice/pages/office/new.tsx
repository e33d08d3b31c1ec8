import { redirect } from 'react-router';
import { newId } from '#kernel/id.ts';
import { filesUnder } from '#platform/http/files-under.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/new.ts';
import { takeNoticeForm } from '../../commands/take-form.ts';
import { noticeTexts } from '../../messages.ts';
import { newNotice } from '../../queries/office-notice.ts';
import { NoticeEntry } from './notice-form.tsx';
import { startValues } from './start-values.ts';

export const handle = definePage({
  id: 'O-16',
  title: 'お知らせの新規登録',
  crumb: '新規登録',
  who: ['office'],
  audit: 'notice.save',
  limits: { bodyBytes: 52 * 1024 * 1024 },
});

export const meta = () => [{ title: 'お知らせの新規登録 | MAMIS' }];

export async function loader({ context, request }: Route.LoaderArgs) {
  const asked = new URL(request.url).searchParams;
  const form = orThrow(await ask(newNotice, contextOf(context), { selection: asked.get('selection') ?? undefined }));
  return { form: { ...form, values: startValues(asked) }, past: asked.has('past'), key: newId() };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await takeNoticeForm(contextOf(context), form, { files: filesUnder(form.input['files']) });
  if (!outcome.ok) return refusalData(outcome, form.values);
  const { to, flash } = outcome.value;
  return flash === undefined ? redirect(to, 303) : redirectWithFlash(context, to, flash);
}

export default function NewNotice({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>お知らせの新規登録</h1>
      {loaderData.past ? <Notice tone="info" title={noticeTexts.onlyMembers} /> : null}
      <NoticeEntry form={loaderData.form} idempotencyKey={loaderData.key} refused={actionData} cancelTo="/office/notices" />
    </>
  );
}
