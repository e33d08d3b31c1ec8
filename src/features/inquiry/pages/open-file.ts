import { data } from 'react-router';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { safeResponse } from '#platform/files/safe-response.ts';
import { orThrow } from '#platform/http/respond.ts';
import { inquiryFile } from '../queries/inquiry.ts';

/** A file of the thread: pictures and PDF under a policy that lets nothing inside run, everything else as a download. */
export async function openFile(ctx: Context, at: { id: string; fileId: string }): Promise<Response> {
  const { file } = orThrow(await ask(inquiryFile, ctx, at));
  const content = await ctx.files.get(file.fileId);
  if (content === undefined) throw data({}, { status: 404 });
  return safeResponse({ name: file.fileName, mediaType: file.mediaType, size: file.size }, content, 'view');
}
