import { Form } from 'react-router';
import { newId } from '#kernel/id.ts';
import { formatInstant } from '#kernel/wareki.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { StateLabel } from '#ui/parts/StateLabel.tsx';
import type { Route } from './+types/detail.ts';
import { copyNotice } from '../../commands/copy.ts';
import { shownStateLabels, shownStateTones } from '../../labels.ts';
import { officeNotice } from '../../queries/office-notice.ts';
import { NoticeArticle } from '../notice-text.tsx';
import { NoticeFacts } from './notice-facts.tsx';

export const handle = definePage({ id: 'O-16', title: 'お知らせ', crumb: '内容', who: ['office'], audit: 'notice.copy' });

export const meta = () => [{ title: 'お知らせ | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  const notice = orThrow(await ask(officeNotice, contextOf(context), { id: params.id }));
  const sentAt = notice.mail?.at ?? null;
  return { notice, mailAt: sentAt === null ? '' : formatInstant(sentAt), key: newId() };
}

/** 複写して作成. */
export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await parseForm(request);
  const outcome = await run(copyNotice, contextOf(context), { id: params.id }, form.key);
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, `/office/notices/${outcome.value.id}/edit`, '複写しました。掲載期間を入力してください。');
}

/** One notice of the office: how readers see it (プレビュー), whom it is for, what can be done. */
export default function OfficeNotice({ loaderData, actionData }: Route.ComponentProps) {
  const { notice, mailAt, key } = loaderData;
  const at = `/office/notices/${notice.id}`;
  return (
    <>
      <h1>{notice.title || '(タイトルなし)'}</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <p className="mb-4">
        <StateLabel tone={shownStateTones[notice.shown]}>{shownStateLabels[notice.shown]}</StateLabel>
      </p>
      <NoticeFacts notice={notice} mailAt={mailAt} />
      <Form method="post">
        <FormGuard idempotencyKey={key} />
        <Actions>
          {notice.may.publish ? (
            <LinkButton variant="primary" to={`${at}/register`}>
              登録する
            </LinkButton>
          ) : null}
          {notice.may.edit ? <LinkButton to={`${at}/edit`}>編集する</LinkButton> : null}
          {notice.may.end ? <LinkButton to={`${at}/end`}>終了する</LinkButton> : null}
          <Button>複写して作成</Button>
          <LinkButton to="/office/notices">一覧に戻る</LinkButton>
        </Actions>
      </Form>
      <Section title="プレビュー">
        <NoticeArticle notice={notice} to={at} />
      </Section>
    </>
  );
}
