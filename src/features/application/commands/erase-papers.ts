import { addDays, startOfDay } from '#kernel/day.ts';
import { idInput } from '#kernel/input.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { command } from '#platform/command/command.ts';
import type { DomainEvent } from '#platform/command/command.ts';
import { z } from 'zod';
import { eraseFilesOf, findClosedCase, forgetFiles } from '../retention.store.server.ts';
import { applicationIdInput } from '../schema.ts';
import { caseLocks } from './gate.ts';

const erased = (fileId: string): DomainEvent => ({ kind: 'file.erased', payload: { fileId } });

/** The content of a closed case's papers goes after the set days; name, size and digest stay (`rules.md 3.16`). */
export const erasePapers = command({
  name: 'application.erasePapers',
  input: applicationIdInput,
  locks: caseLocks,
  load: async (tx, { id }) => {
    const closed = await findClosedCase(tx, id);
    return closed === undefined ? undefined : { ...closed, settings: await systemSettingsOf(tx) };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (ctx, { closedAt, settings }) => {
    const closedBefore = startOfDay(addDays(ctx.today, -settings.paperDays));
    return closedAt < closedBefore ? accepted({ closedBefore }) : refuse('conflict');
  },
  save: async (tx, { ctx, target, decision, input: { id } }) => {
    const fileIds = await eraseFilesOf(tx, { applicationId: id, closedBefore: decision.closedBefore, now: ctx.now });
    return {
      value: { files: fileIds.length },
      audit: { action: 'application.erasePapers', personIds: [target.personId], target: id, detail: { files: fileIds } },
      events: fileIds.map(erased),
    };
  },
});

/** Forgets uploads that no case names: their upload was broken off, or their draft was deleted. */
export const forgetUploads = command({
  name: 'application.forgetUploads',
  input: z.object({ fileIds: z.array(idInput).min(1).max(500) }),
  locks: async () => [{ kind: 'key', id: 'orphan-files' }],
  load: async () => ({}),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: () => accepted(undefined),
  save: async (tx, { input }) => {
    const fileIds = await forgetFiles(tx, input.fileIds);
    return {
      value: { files: fileIds.length },
      audit: { action: 'application.forgetUploads', detail: { files: fileIds } },
      events: fileIds.map(erased),
    };
  },
});
