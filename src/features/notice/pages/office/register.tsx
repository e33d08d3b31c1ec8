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
import { LinkButton, Actions } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { ConfirmPanel } from '#ui/parts/ConfirmPanel.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { Route } from './+types/register.ts';
import { publishNotice } from '../../commands/publish.ts';
import { noticeTexts as texts } from '../../messages.ts';
import type { NoticeDetail } from '../../queries/office-notice.ts';
import { officeNotice } from '../../queries/office-notice.ts';
import { isToOffices } from '../../rules.ts';
import { NoticeArticle } from '../notice-text.tsx';
import { NoticeFacts } from './notice-facts.tsx';

export const handle = definePage({ id: 'O-16', title: 'お知らせの登録', crumb: '登録', who: ['office'], audit: 'notice.publish' });

export const meta = () => [{ title: 'お知らせの登録 | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  const notice = orThrow(await ask(officeNotice, contextOf(context), { id: params.id }));
  if (!notice.may.publish) throw redirect(`/office/notices/${notice.id}`);
  return { notice, key: newId() };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(publishNotice, contextOf(context), { ...form.input, id: params.id }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, `/office/notices/${params.id}`, '登録しました。');
}

/** With mail the number of those who get one is asked once more. */
function questionOf({ mail, readers, target }: NoticeDetail): string {
  if (mail === undefined || readers === null) return 'このお知らせを登録します。よろしいですか?';
  return isToOffices(target) ? texts.officesMailQuestion(readers) : texts.mailQuestion(readers);
}

function Faults({ notice }: { notice: NoticeDetail }) {
  return (
    <>
      <Notice tone="warn" title="登録するには、次の項目を直してください。">
        <ul className="list-disc pl-6">
          {Object.values(notice.faults)
            .flat()
            .map((message) => (
              <li key={message}>{message}</li>
            ))}
        </ul>
      </Notice>
      <Actions>
        <LinkButton to={`/office/notices/${notice.id}/edit`}>編集する</LinkButton>
      </Actions>
    </>
  );
}

/** The last look before 登録する. */
export default function RegisterNotice({ loaderData, actionData }: Route.ComponentProps) {
  const { notice, key } = loaderData;
  const at = `/office/notices/${notice.id}`;
  return (
    <>
      <h1>お知らせの登録</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <NoticeFacts notice={notice} mailAt="" />
      <div className="mt-8" />
      <Section title={notice.title || '(タイトルなし)'}>
        <NoticeArticle notice={notice} to={at} />
      </Section>
      {Object.keys(notice.faults).length > 0 ? (
        <Faults notice={notice} />
      ) : (
        <ConfirmPanel question={questionOf(notice)} confirm="登録する" cancelTo={`${at}/edit`} cancel="修正する">
          <FormGuard idempotencyKey={key} version={notice.version} />
        </ConfirmPanel>
      )}
    </>
  );
}
