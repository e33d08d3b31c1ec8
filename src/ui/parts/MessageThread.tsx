import type { ReactNode } from 'react';
import { EmptyState } from './EmptyState.tsx';

export type ThreadMessage = {
  id: string;
  /** 医師会 and person, or the applicant's name: who signs. */
  from: string;
  /** `2026/04/01 09:05` */
  at: string;
  body: string;
  own?: boolean;
  extra?: ReactNode;
};

/** 審査時連絡メッセージ, oldest first, each signed. */
export function MessageThread({ messages, empty }: { messages: readonly ThreadMessage[]; empty?: string }) {
  if (messages.length === 0) return <EmptyState>{empty ?? 'メッセージはありません。'}</EmptyState>;
  return (
    <ol className="ui-thread">
      {messages.map((message) => (
        <li key={message.id} className={message.own ? 'ui-thread-own' : undefined}>
          <p className="ui-thread-head">
            <strong>{message.from}</strong>
            <span>{message.at}</span>
          </p>
          <p className="ui-thread-body">{message.body}</p>
          {message.extra}
        </li>
      ))}
    </ol>
  );
}
