import { Form, redirect } from 'react-router';
import { newId } from '#kernel/id.ts';
import { ask } from '#platform/command/query.ts';
import { parseForm } from '#platform/http/form.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow, redirectWithFlash, refusalData } from '#platform/http/respond.ts';
import { ErrorSummary } from '#ui/fields/ErrorSummary.tsx';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { FormState } from '#ui/fields/formState.tsx';
import { FilesField } from '#ui/fields/FilesField.tsx';
import { TextArea } from '#ui/fields/TextArea.tsx';
import { Actions, Button, LinkButton } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { MessageThread } from '#ui/parts/MessageThread.tsx';
import type { Route } from './+types/case.ts';
import { sendMessageWithFiles } from '../../commands/send-message.ts';
import type { MyApplication } from '../../queries/my-application.ts';
import { myApplication } from '../../queries/my-application.ts';
import { myConfirmation } from '../../queries/my-retract.ts';
import { Applied, Contents, Ended, Entered, Head, LeaveApart, Now, Progress, Returned } from './case-parts.tsx';
import { LinkedSection } from '../linked-section.tsx';
import { filesHint, MessageFiles } from '../message-files.tsx';
import { revalidateAfterAction } from './revalidate.ts';
import { filesUnder } from '#platform/http/files-under.ts';

export const handle = definePage({
  id: 'D-07',
  title: '申請の詳細と進み具合',
  who: ['doctor'],
  audit: 'application.viewed',
  // A message may carry files.
  limits: { bodyBytes: 32 * 1024 * 1024 },
});

export const meta = () => [{ title: '申請の詳細と進み具合 | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const found = await ask(myApplication, ctx, { id: params.id });
  if (!found.ok && found.refusal.code === 'notFound') {
    const draft = await ask(myConfirmation, ctx, { id: params.id });
    if (draft.ok && draft.value.number === '') throw redirect(draft.value.continueTo);
  }
  return { view: orThrow(found), key: newId() };
}

export const shouldRevalidate = revalidateAfterAction;

export async function action({ context, request, params }: Route.ActionArgs) {
  const form = await parseForm(request);
  const { body, files } = form.input;
  const outcome = await sendMessageWithFiles(contextOf(context), { id: params.id, body, files: filesUnder(files), key: form.key });
  if (!outcome.ok) return refusalData(outcome, form.values);
  return redirectWithFlash(context, `/my/applications/${params.id}#messages`, 'メッセージを送信しました。');
}

type AnswerProps = { view: MyApplication; guardKey: string; answer: Route.ComponentProps['actionData'] };

function Messages({ view, guardKey, answer }: AnswerProps) {
  return (
    <Section title="メッセージ" id="messages">
      <MessageThread
        messages={view.messages.map(({ files, ...message }) => ({
          ...message,
          extra: <MessageFiles files={files} base={`/my/applications/${view.id}`} />,
        }))}
      />
      {view.may.includes('message') ? (
        <Form method="post" encType="multipart/form-data" key={view.messages.length} className="ui-no-print mt-6">
          <FormGuard idempotencyKey={guardKey} />
          <FormState errors={answer?.refusal.fields} values={answer?.values}>
            <TextArea name="body" label="返信" limit={1000} hint="申請者(ご本人)と、この申請に関わるすべての医師会に表示されます。" />
            <FilesField name="files" label="添付ファイル" hint={filesHint} />
          </FormState>
          <Actions>
            <Button>返信する</Button>
          </Actions>
        </Form>
      ) : null}
    </Section>
  );
}

function Buttons({ view }: { view: MyApplication }) {
  const isOpen = view.may.includes('message');
  return (
    <>
      {isOpen && view.entered === undefined && !view.may.includes('retract') ? (
        <p>{`${view.approvedBy.join('、')}が承認済みのため、申請を取り下げることはできません。取下げをご希望の場合は、「取下げを相談する」から、または医師会へお電話にてご相談ください。`}</p>
      ) : null}
      <Actions>
        <a className="ui-button" href={`/my/applications/${view.id}/print.pdf`} target="_blank" rel="noreferrer">
          申請内容を印刷する
        </a>
        {view.followable ? <LinkButton to="/my/applications/join">この届に続けて入会届を作成する</LinkButton> : null}
        {isOpen ? null : <LinkButton to={view.againTo}>この届をもとに新しい届を作成する</LinkButton>}
        {isOpen && view.entered === undefined && !view.may.includes('retract') ? (
          <LinkButton to={`/my/inquiries/new?application=${view.id}&about=retract`}>取下げを相談する</LinkButton>
        ) : null}
        {view.may.includes('retract') ? <LinkButton to={`/my/applications/${view.id}/retract`}>申請を取り下げる</LinkButton> : null}
        <LinkButton to="/my/applications">申請状況に戻る</LinkButton>
      </Actions>
    </>
  );
}

export default function MyApplicationPage({ loaderData, actionData }: Route.ComponentProps) {
  const { view, key } = loaderData;
  return (
    <>
      <h1>{`${view.paper}の詳細と進み具合`}</h1>
      <ErrorSummary refusal={actionData?.refusal} />
      <Entered view={view} />
      <Returned view={view} />
      <Now view={view} />
      <Ended view={view} />
      <LeaveApart view={view} />
      <Head view={view} />
      <Progress view={view} />
      <LinkedSection link={view.link} base="/my/applications" />
      <Messages view={view} guardKey={key} answer={actionData} />
      <Contents view={view} />
      <Applied view={view} />
      <Buttons view={view} />
    </>
  );
}
