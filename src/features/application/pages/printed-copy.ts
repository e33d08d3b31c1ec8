import { data } from 'react-router';
import type { Context } from '#platform/context.ts';
import type { CaseCopy } from '../documents/case-copy.ts';
import { caseCopyTemplate } from '../documents/case-copy.ts';

const retryAfterSeconds = 10;

type Printing = { template: string; data: unknown; file: { name: string; title: string } };

/** A document of ours as an answer; a machine with too much to do says when to come again. */
export async function printedPdf(ctx: Context, { template, data: content, file }: Printing): Promise<Response> {
  const bytes = await ctx.render.print(template, content);
  if (bytes === undefined) throw data({ retryAfterSeconds }, { status: 503 });
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

/** The copy of a case as an answer. */
export async function printedCopy(ctx: Context, { number, copy }: { number: string; copy: CaseCopy }): Promise<Response> {
  const file = { name: `application-${number}`, title: `${copy.title}_${number}` };
  return await printedPdf(ctx, { template: caseCopyTemplate, data: copy, file });
}
