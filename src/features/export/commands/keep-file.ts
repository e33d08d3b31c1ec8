import { z } from 'zod';
import { idInput } from '#kernel/input.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { command } from '#platform/command/command.ts';
import { exportFlow } from '../flow.ts';
import { findExport, finishExport, insertIds, moveExport, stumbleExport } from '../store.server.ts';

const unmapped = z.array(z.object({ glyph: z.string(), count: z.int() })).max(500);
const parts = z.array(z.object({ recordIds: z.array(z.string()), personIds: z.array(z.string()) }));

const keepInput = z.object({
  id: idInput,
  rowCount: z.int().min(0),
  unmapped,
  leftOut: z.record(z.string().max(40), z.int().min(0)).default({}),
  made: z.discriminatedUnion('as', [
    z.object({
      as: z.literal('file'),
      fileId: idInput,
      fileSize: z.number().int(),
      fileDigest: z.string().regex(/^[0-9a-f]{64}$/),
      idDigest: z.string().regex(/^[0-9a-f]{64}$/),
      parts,
    }),
    z.object({ as: z.literal('unmapped') }),
    z.object({ as: z.literal('failed') }),
  ]),
});

const actions = { file: 'finish', unmapped: 'stumble', failed: 'fail' } as const;

/** Keeps what the job has made of an export; a second job that made the same is not heard. Only our own jobs do this. */
export const keepFile = command({
  name: 'export.keepFile',
  input: keepInput,
  locks: async (_tx, { id }) => await Promise.resolve([{ kind: 'application' as const, id }]),
  load: async (tx, { id }) => await findExport(tx, id),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, target, { made }) =>
    exportFlow.next(target.state, actions[made.as]) === undefined ? refuse('conflict') : accepted(undefined),
  save: async (tx, { ctx, target, input }) => {
    const { id, made, rowCount } = input;
    const from = target.state;
    if (made.as === 'file') {
      const { exportFetchHours: fetchHours } = await systemSettingsOf(tx);
      const { fileId, fileSize } = made;
      const digests = { fileDigest: Buffer.from(made.fileDigest, 'hex'), idDigest: Buffer.from(made.idDigest, 'hex') };
      await finishExport(tx, {
        id,
        from,
        at: ctx.now,
        fetchHours,
        rowCount,
        fileId,
        fileSize,
        ...digests,
        unmapped: input.unmapped,
        leftOut: input.leftOut,
      });
      await insertIds(
        tx,
        made.parts.map((part, place) => ({ exportId: id, part: place + 1, associationId: target.associationId, ...part })),
      );
    } else if (made.as === 'unmapped') await stumbleExport(tx, { id, from, rowCount, unmapped: input.unmapped });
    else await moveExport(tx, { id, from }, 'failed');
    return {
      value: { id },
      audit: { action: 'export.keepFile', target: id, detail: { as: made.as, rows: rowCount, number: target.number } },
      events: made.as === 'file' ? [{ kind: 'export.made', payload: { exportId: id } }] : [],
    };
  },
});
