import { data } from 'react-router';
import type { Context } from '#platform/context.ts';
import type { CaseCopy } from '../documents/case-copy.ts';
import { caseCopyTemplate } from '../documents/case-copy.ts';

const retryAfterSeconds = 10;

/** The copy of a case as an answer; a machine with too much to do says when to come again. */
export async function printedCopy(ctx: Context, { number, copy }: { number: string; copy: CaseCopy }): Promise<Response> {
  const bytes = await ctx.render.print(caseCopyTemplate, copy);
  if (bytes === undefined) throw data({ retryAfterSeconds }, { status: 503 });
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Length': String(bytes.byteLength),
      'Content-Disposition': `inline; filename="application-${number}.pdf"; filename*=UTF-8''${encodeURIComponent(`${copy.title}_${number}`)}.pdf`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, no-store',
    },
  });
}
