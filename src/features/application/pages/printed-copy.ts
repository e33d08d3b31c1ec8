import type { Context } from '#platform/context.ts';
import { printedPdf } from '#platform/http/printed-pdf.ts';
import type { CaseCopy } from '../documents/case-copy.ts';
import { caseCopyTemplate } from '../documents/case-copy.ts';

/** The copy of a case as an answer. */
export async function printedCopy(ctx: Context, { number, copy }: { number: string; copy: CaseCopy }): Promise<Response> {
  const file = { name: `application-${number}`, title: `${copy.title}_${number}` };
  return await printedPdf(ctx, { template: caseCopyTemplate, data: copy, file });
}
