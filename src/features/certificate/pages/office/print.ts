import { ask } from '#platform/command/query.ts';
import { definePage } from '#platform/http/page-access.ts';
import { contextOf } from '#platform/http/request-context.ts';
import { orThrow } from '#platform/http/respond.ts';
import type { Route } from './+types/print.ts';
import { certificatePaper } from '../../queries/certificate.ts';
import { printedCertificate } from '../printed.ts';

export const handle = definePage({
  id: 'O-29',
  title: '在籍証明書のPDF',
  who: ['office'],
  audit: 'certificate.printed',
  // Setting a page costs half a second of a processor.
  limits: { perMinute: 30 },
});

/** 在籍証明書 as PDF, while it is in force. */
export async function loader({ context, params }: Route.LoaderArgs) {
  const ctx = contextOf(context);
  return await printedCertificate(ctx, orThrow(await ask(certificatePaper, ctx, { id: params.id })));
}
