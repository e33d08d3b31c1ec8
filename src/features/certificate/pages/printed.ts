import { data } from 'react-router';
import type { Context } from '#platform/context.ts';
import { drawQr } from '#platform/second-factor/qr.ts';
import type { CertificatePrint } from '../documents/certificate.ts';
import type { PrintablePaper } from '../queries/certificate.ts';
import { certificateTemplate, sealDrawing } from '../documents/certificate.ts';

const retryAfterSeconds = 10;

/** 印影; a seal without its file leaves the place empty, as on a paper without one. */
async function drawnSeal(ctx: Context, seal: PrintablePaper['seal']): Promise<string> {
  const content = seal === undefined ? undefined : await ctx.files.get(seal.fileId);
  if (seal === undefined || content === undefined) return '';
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(Buffer.from(chunk));
  return sealDrawing(seal.mediaType, Buffer.concat(chunks));
}

/** A certificate as PDF; a machine with too much to do says when to come again. */
export async function printedCertificate(
  ctx: Context,
  { number, paper, seal }: Pick<PrintablePaper, 'number' | 'paper' | 'seal'>,
): Promise<Response> {
  const print: CertificatePrint = { ...paper, qr: drawQr(paper.link), seal: await drawnSeal(ctx, seal) };
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
