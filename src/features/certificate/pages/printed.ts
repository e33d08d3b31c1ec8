import { data } from 'react-router';
import type { Context } from '#platform/context.ts';
import { drawQr } from '#platform/second-factor/qr.ts';
import type { CertificatePaper, CertificatePrint } from '../documents/certificate.ts';
import { certificateTemplate } from '../documents/certificate.ts';

const retryAfterSeconds = 10;

/** A certificate as PDF; a machine with too much to do says when to come again. */
export async function printedCertificate(ctx: Context, { number, paper }: { number: string; paper: CertificatePaper }): Promise<Response> {
  const print: CertificatePrint = { ...paper, qr: drawQr(paper.link) };
  const bytes = await ctx.render.print(certificateTemplate, print);
  if (bytes === undefined) throw data({ retryAfterSeconds }, { status: 503 });
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Length': String(bytes.byteLength),
      'Content-Disposition': `inline; filename="certificate-${number}.pdf"; filename*=UTF-8''${encodeURIComponent(`${paper.title}_${number}`)}.pdf`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
    },
  });
}
