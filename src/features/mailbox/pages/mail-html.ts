import { ask } from '#platform/command/query.ts';
import { definePage, everybody } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import { mailHtml } from '#platform/mail/mail-html.ts';
import type { Route } from './+types/mail-html.ts';
import { asMailbox } from '../queries/mailbox-access.ts';
import { oneMail } from '../queries/one-mail.ts';

export const handle = definePage({
  id: 'mailbox-mail-html',
  title: 'ローカル受信箱のメール(HTML版)',
  who: everybody,
  audit: { none: '外へ送られないメールを、この機械の上で確かめるための画面' },
  limits: { bodyBytes: 1024, perMinute: 120 },
});

/** The HTML of a mail as a mail program gets it: no script, nothing fetched, links open in a window of their own. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  const mail = orThrow(await ask(oneMail, asMailbox(ctx), { id: params.id }));
  return new Response(mailHtml(mail, ctx.site.origin), {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy':
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  });
}
