import { formatInstant } from '#kernel/wareki.ts';
import { ask } from '#platform/command/query.ts';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { Actions, LinkButton } from '#ui/parts/Button.tsx';
import { DefinitionTable } from '#ui/parts/DefinitionTable.tsx';
import type { Route } from './+types/mail.ts';
import { stateLabels } from '../labels.ts';
import { textParts } from '../links.ts';
import { asMailbox } from '../queries/mailbox-access.ts';
import { oneMail } from '../queries/one-mail.ts';

export const handle = definePage({
  id: 'mailbox-mail',
  title: 'ローカル受信箱のメール',
  who: everybody,
  audit: { none: '外へ送られないメールを、この機械の上で確かめるための画面' },
  limits: { bodyBytes: 1024, perMinute: 120 },
  crumb: 'メール',
});

export const meta = () => [{ title: 'メール | MAMIS' }];

export async function loader({ context, params }: Route.LoaderArgs) {
  const mail = orThrow(await ask(oneMail, asMailbox(contextOf(context)), { id: params.id }));
  return {
    ...mail,
    createdAt: formatInstant(mail.createdAt),
    sentAt: mail.sentAt === null ? '' : formatInstant(mail.sentAt),
    state: stateLabels[mail.state] ?? mail.state,
    parts: textParts(mail.body).map((part, place) => ({ ...part, place })),
  };
}

export default function OneMail({ loaderData: mail }: Route.ComponentProps) {
  return (
    <>
      <h1>{mail.subject}</h1>
      <DefinitionTable
        items={[
          { label: '宛先', value: mail.to },
          { label: '作成', value: mail.createdAt },
          { label: '送信', value: mail.sentAt },
          { label: '状態', value: mail.state },
          { label: '種類', value: mail.template },
        ]}
      />
      <section aria-label="本文" className="mt-6">
        <p className="break-words whitespace-pre-wrap">
          {mail.parts.map((part) =>
            part.href === undefined ? (
              part.text
            ) : (
              <a key={part.place} href={part.href} rel="noreferrer">
                {part.text}
              </a>
            ),
          )}
        </p>
      </section>
      <p className="mt-6">
        <a href={`/_mailbox/${mail.id}/html`} target="_blank" rel="noreferrer">
          HTML版を別の画面で開く
        </a>
      </p>
      <Actions>
        <LinkButton to="/_mailbox">一覧に戻る</LinkButton>
      </Actions>
    </>
  );
}
