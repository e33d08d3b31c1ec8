import { Form, useLocation } from 'react-router';
import { formatInstant } from '#kernel/wareki.ts';
import { FormGuard } from '#ui/fields/FormGuard.tsx';
import { Actions, Button } from '#ui/parts/Button.tsx';
import { Section } from '#ui/parts/Card.tsx';
import { MessageThread } from '#ui/parts/MessageThread.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import type { OfficeApplication } from '../../queries/office-application.ts';

type ThreadNote = OfficeApplication['memos'][number];
import { decisionTo } from './list-links.ts';
import { MessageFiles } from '../message-files.tsx';
import { AttentionField, MemoFields, MessageField } from './note-fields.tsx';

type Props = { application: OfficeApplication; idempotencyKey: string };

function messageLines({ id, messages, own }: OfficeApplication) {
  return messages.map((note) => ({
    ...lineOf(note, own.associationId),
    extra: <MessageFiles files={note.files} base={`/office/applications/${id}`} />,
  }));
}

function lineOf(note: ThreadNote, ownId: number) {
  return {
    id: note.id,
    from: `${note.authorOffice}/${note.authorName}`,
    at: formatInstant(note.at),
    body: note.body,
    own: note.associationId === ownId,
    ...(note.ownOfficeOnly ? { extra: <p>(自医師会のみ)</p> } : {}),
  };
}

/** 審査時連絡メッセージ: the thread and, while the case is open, a box to write. */
export function MessageSection({ application, idempotencyKey }: Props) {
  const { search } = useLocation();
  return (
    <Section title="審査時連絡メッセージ" id="messages">
      <MessageThread messages={messageLines(application)} />
      {application.may.includes('message') ? (
        <Form
          method="post"
          encType="multipart/form-data"
          action={decisionTo(application.id, 'message', search)}
          className="ui-no-print mt-4"
        >
          <FormGuard idempotencyKey={idempotencyKey} />
          <MessageField />
          <Actions>
            <Button>送信する</Button>
          </Actions>
        </Form>
      ) : null}
    </Section>
  );
}

/** 事務局メモ: never shown to the applicant. */
export function MemoSection({ application, idempotencyKey }: Props) {
  const { search } = useLocation();
  return (
    <Section title="事務局メモ" id="memos">
      <MessageThread messages={application.memos.map((note) => lineOf(note, application.own.associationId))} empty="メモはありません。" />
      <Form method="post" action={decisionTo(application.id, 'memo', search)} className="ui-no-print mt-4">
        <FormGuard idempotencyKey={idempotencyKey} />
        <MemoFields />
        <Actions>
          <Button>保存する</Button>
        </Actions>
      </Form>
    </Section>
  );
}

/** 要注意: set with a reason, or lifted. */
export function AttentionSection({ application, idempotencyKey }: Props) {
  const { search } = useLocation();
  const { attention } = application;
  return (
    <Section title="要注意" id="attention">
      {attention ? (
        <Notice tone="warn" title="要注意の申請です。">
          {application.attentionReason === '' ? null : <p>{application.attentionReason}</p>}
        </Notice>
      ) : null}
      <Form method="post" action={decisionTo(application.id, 'attention', search)} className="ui-no-print">
        <FormGuard idempotencyKey={idempotencyKey} version={application.version} />
        <input type="hidden" name="attention" value={attention ? 'off' : 'on'} />
        {attention ? null : <AttentionField />}
        <Actions>
          <Button>{attention ? '要注意を解除する' : '要注意にする'}</Button>
        </Actions>
      </Form>
    </Section>
  );
}
