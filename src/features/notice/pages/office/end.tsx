import { redirect } from 'react-router';
import { newId } from '#kernel/id.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { ConfirmPanel } from '#ui/parts/ConfirmPanel.tsx';
import type { Route } from './+types/end.ts';
import { endNotice } from '../../commands/publish.ts';
import { noticeTexts as texts } from '../../messages.ts';
import { officeNotice } from '../../queries/office-notice.ts';

export const handle = definePage({ id: 'O-16', title: 'お知らせの終了', crumb: '終了', who: ['office'], audit: 'notice.end' });

export const meta = () => [{ title: 'お知らせの終了 | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  const notice = orThrow(await ask(officeNotice, contextOf(context), { id: params.id }));
  if (!notice.may.end) throw redirect(`/office/notices/${notice.id}`);
  return { notice, key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(endNotice, contextOf(context), { ...form.input, id: params.id }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, `/office/notices/${params.id}`, texts.ended(outcome.value));
}

export default function EndNotice({ loaderData, actionData }: Route.ComponentProps) {
  const { notice, key } = loaderData;
  return (
    <>
      <h1>お知らせの終了</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <ConfirmPanel
        question={`「${notice.title}」の掲載を終了します。よろしいですか?`}
        confirm="終了する"
        cancelTo={`/office/notices/${notice.id}`}
        danger
      >
        <FormGuard idempotencyKey={key} version={notice.version} />
        <p>対象者には「このお知らせの掲載は終了しました。」と表示されます。元に戻すことはできません。</p>
        {notice.mail === undefined ? null : <p>{texts.endsMails(notice.mail.sent)}</p>}
      </ConfirmPanel>
    </>
  );
}
