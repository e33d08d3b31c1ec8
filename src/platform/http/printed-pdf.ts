import { data } from 'react-router';
import type { Context } from '../context.ts';

const retryAfterSeconds = 10;

type FileName = { name: string; title: string };
type Printing = { template: string; data: unknown; file: FileName };

/** A PDF of ours as an answer, to be looked at and printed. */
export function pdfResponse(bytes: Uint8Array, file: FileName): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Length': String(bytes.byteLength),
      'Content-Disposition': `inline; filename="${file.name}.pdf"; filename*=UTF-8''${encodeURIComponent(file.title)}.pdf`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
    },
  });
}

/** A document of ours as an answer; a machine with too much to do says when to come again. */
export async function printedPdf(ctx: Context, { template, data: content, file }: Printing): Promise<Response> {
  const bytes = await ctx.render.print(template, content);
  if (bytes === undefined) throw data({ retryAfterSeconds }, { status: 503 });
  return pdfResponse(bytes, file);
}
