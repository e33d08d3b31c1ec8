import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { MailHint } from '#ui/parts/MailHint.tsx';
import { Notice } from '#ui/parts/Notice.tsx';
import { texts } from '../messages.ts';

/** What everybody is told who asked for a mail, found or not. */
export function SentAnswer({ title, domain }: { title: string; domain: string }) {
  return (
    <>
      <h1>{title}</h1>
      <Notice title={texts.sent} />
      <MailHint domain={domain} />
      <Actions>
        <LinkButton to="/login">ログインページに戻る</LinkButton>
      </Actions>
    </>
  );
}
