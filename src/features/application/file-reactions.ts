import { ask } from '#platform/command/query.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import type { Reactions } from '#platform/jobs/reactions.ts';
import { removePreview } from '#platform/render/previews.ts';
import { keptFiles } from './queries/what-ends.ts';

/** The bytes of a file go after its row has gone or been marked as erased, never before. */
export const fileReactions: Reactions = {
  'file.erased': async (ctx, payload) => {
    const fileId = String(payload['fileId']);
    const kept = await ask(keptFiles, ctx, { fileIds: [fileId] });
    if (!kept.ok) throw new JobError(`refused: ${kept.refusal.code}`);
    if (kept.value.length > 0) return;
    await ctx.files.remove(fileId);
    await removePreview(ctx.files, fileId);
  },
};
