import { addDays, startOfDay } from '#kernel/day.ts';
import { idInput } from '#kernel/input.ts';
import type { Refused } from '#kernel/refusal.ts';
import { refuse } from '#kernel/refusal.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { z } from 'zod';
import { mustDelete, mustWarn } from '../retention.ts';
import type { IdleDraft } from '../retention.store.server.ts';
import { listCasesToErase, listIdleDrafts, listKeptFiles, listOrphans, listUnacknowledged } from '../retention.store.server.ts';

/** What the nightly rounds have to end; asked by the system alone, ids only. */

const batch = 500;
const systemOnly = (ctx: Context): true | Refused => (ctx.actor.kind === 'system' ? true : refuse('forbidden'));

const hoursBefore = (ctx: Context, hours: number): Date => new Date(ctx.now.getTime() - hours * 3_600_000);

/** Drafts whose warning or end has come. */
export const idleDrafts = query({
  name: 'application.idleDrafts',
  input: z.object({}),
  allow: systemOnly,
  read: async (tx, _input, ctx) => {
    const periods = await systemSettingsOf(tx);
    const ask = { periods, today: ctx.today };
    const savedBefore = startOfDay(addDays(ctx.today, 1 - periods.draftWarningDays));
    const found: { warn: string[]; remove: string[] } = { warn: [], remove: [] };
    for (let last: IdleDraft | undefined; ; ) {
      const rows: IdleDraft[] = await listIdleDrafts(tx, { savedBefore, after: last, limit: batch });
      found.warn.push(...rows.filter((row) => mustWarn(row, ask)).map((row) => row.id));
      found.remove.push(...rows.filter((row) => mustDelete(row, ask)).map((row) => row.id));
      if (rows.length < batch) return found;
      last = rows.at(-1);
    }
  },
  audit: 'nothing',
});

/** Closed cases whose papers are to be erased, and uploads that nothing names; one batch. */
export const filesToErase = query({
  name: 'application.filesToErase',
  input: z.object({}),
  allow: systemOnly,
  read: async (tx, _input, ctx) => {
    const { paperDays, uploadHours } = await systemSettingsOf(tx);
    return {
      cases: await listCasesToErase(tx, { closedBefore: startOfDay(addDays(ctx.today, -paperDays)), limit: batch }),
      orphans: await listOrphans(tx, { before: hoursBefore(ctx, uploadHours), limit: batch }),
      batch,
    };
  },
  audit: 'nothing',
});

/** Of these ids in the file store the ones whose bytes must stay. */
export const keptFiles = query({
  name: 'application.keptFiles',
  input: z.object({ fileIds: z.array(idInput).max(batch) }),
  allow: systemOnly,
  read: async (tx, { fileIds }) => await listKeptFiles(tx, fileIds),
  audit: 'nothing',
});

/** A preview drawn before this instant is drawn anew when somebody looks. */
export const previewsBefore = query({
  name: 'application.previewsBefore',
  input: z.object({}),
  allow: systemOnly,
  read: async (tx, _input, ctx) => ({ before: hoursBefore(ctx, (await systemSettingsOf(tx)).previewDays * 24), batch }),
  audit: 'nothing',
});

/** 確認 that are overdue; one batch. */
export const overdueAcknowledgements = query({
  name: 'application.overdueAcknowledgements',
  input: z.object({}),
  allow: systemOnly,
  read: async (tx, _input, ctx) => await listUnacknowledged(tx, { today: ctx.today, limit: batch }),
  audit: 'nothing',
});
