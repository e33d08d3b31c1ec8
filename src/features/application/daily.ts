import type { Outcome } from '#kernel/refusal.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { describeFailure, JobError } from '#platform/jobs/job-error.ts';
import { acknowledgeLate } from './commands/acknowledge.ts';
import { countUsualTimes } from './commands/count-usual-times.ts';
import { erasePapers, forgetUploads } from './commands/erase-papers.ts';
import { expireDraft, warnOfDeletion } from './commands/expire-draft.ts';
import { remindOffice } from './commands/remind-office.ts';
import { remindToJoin } from './commands/remind-to-join.ts';
import { tellEffects } from './commands/tell-effects.ts';
import { tellTraining } from './commands/tell-training.ts';
import { tellWaiverEnd } from './commands/tell-waiver-end.ts';
import { officesToRemind } from './queries/due-reminders.ts';
import { casesWithNews } from './queries/effects-to-tell.ts';
import { trainingsToTell } from './queries/training.ts';
import { unfollowedCases } from './queries/unfollowed.ts';
import { waiverEndsToTell } from './queries/waiver-ends.ts';
import { filesToErase, idleDrafts, keptFiles, overdueAcknowledgements, previewsBefore } from './queries/what-ends.ts';

/** What the days bring to applications. Each is a round of commands, every one safe to repeat; a missed day is made up by the next round. */

function done<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new JobError(`refused: ${outcome.refusal.code}`);
  return outcome.value;
}

/** Another worker, or the person himself, was faster: nothing is left to do. @throws JobError for any other refusal */
function settled(outcome: Outcome<unknown>): void {
  if (!outcome.ok && outcome.refusal.code !== 'notFound' && outcome.refusal.code !== 'conflict') done(outcome);
}

/** One failure does not keep the others waiting; at the end it is told, so that the round is tried again. @throws JobError */
async function round<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const failures: string[] = [];
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      failures.push(describeFailure(error));
    }
  }
  if (failures.length > 0) throw new JobError(`${failures.length} of ${items.length} failed, first: ${failures[0]}`);
}

/** M-41 to every office that has let cases wait (`rules.md 3.13`). */
export async function remindOffices(ctx: Context): Promise<void> {
  await round(done(await ask(officesToRemind, ctx, {})), async (associationId) => {
    done(await run(remindOffice, ctx, { associationId }));
  });
}

/** 「目安:{n}営業日」 of every office, counted anew each night (`screens.md D-07`). */
export async function refreshUsualTimes(ctx: Context): Promise<void> {
  done(await run(countUsualTimes, ctx, {}));
}

/** M-22 to those who left a draft lying, and the end of drafts that were left after it (`screens.md D-06`). */
export async function tendDrafts(ctx: Context): Promise<void> {
  const { warn, remove } = done(await ask(idleDrafts, ctx, {}));
  await round(warn, async (id) => settled(await run(warnOfDeletion, ctx, { id })));
  await round(remove, async (id) => settled(await run(expireDraft, ctx, { id })));
}

/** Papers of cases long closed, and uploads that reached no case (`rules.md 3.16`). */
export async function eraseFiles(ctx: Context): Promise<void> {
  for (let again = true; again; ) {
    const { cases, orphans, batch } = done(await ask(filesToErase, ctx, {}));
    await round(cases, async (id) => settled(await run(erasePapers, ctx, { id })));
    if (orphans.length > 0) done(await run(forgetUploads, ctx, { fileIds: orphans }));
    again = cases.length === batch || orphans.length === batch;
  }
  await sweepPreviews(ctx);
}

/** Ids of what is made from something else are of this version of UUID: previews, and originals named by what was sent. */
const isDerived = (id: string): boolean => id[14] === '8';

/** Of old files with such ids those go that nothing keeps: previews, which whoever looks again has drawn anew. */
async function removeUnkept(ctx: Context, fileIds: readonly string[]): Promise<void> {
  if (fileIds.length === 0) return;
  const kept = new Set(done(await ask(keptFiles, ctx, { fileIds })));
  for (const id of fileIds) if (!kept.has(id)) await ctx.files.remove(id);
}

async function sweepPreviews(ctx: Context): Promise<void> {
  const { before, batch } = done(await ask(previewsBefore, ctx, {}));
  let old: string[] = [];
  for await (const { id, storedAt } of ctx.files.list()) {
    if (!isDerived(id) || storedAt >= before) continue;
    old.push(id);
    if (old.length < batch) continue;
    await removeUnkept(ctx, old);
    old = [];
  }
  await removeUnkept(ctx, old);
}

/** M-18 to the doctors for whom something becomes true today, or ends soon (`rules.md 2.4`). */
export async function announceEffects(ctx: Context): Promise<void> {
  await round(done(await ask(casesWithNews, ctx, {})), async (id) => settled(await run(tellEffects, ctx, { id })));
}

/** 自動確認 of what nobody has confirmed in time, each noted as automatic (`rules.md 4.1`). */
export async function acknowledgeOverdue(ctx: Context): Promise<void> {
  await round(done(await ask(overdueAcknowledgements, ctx, {})), async (one) => settled(await run(acknowledgeLate, ctx, one)));
}

/** M-23 to trainees and their districts before C and A2C end (`rules.md 4.2`). */
export async function announceTrainingEnds(ctx: Context): Promise<void> {
  await round(done(await ask(trainingsToTell, ctx, {})), async (one) => {
    for (let more = true; more; ) more = done(await run(tellTraining, ctx, one)).more;
  });
}

/** M-25 to those who left without a destination and have not joined anywhere since (`rules.md 3.6`). */
export async function remindToJoinAnew(ctx: Context): Promise<void> {
  await round(done(await ask(unfollowedCases, ctx, {})), async (id) => settled(await run(remindToJoin, ctx, { id })));
}

/** M-24 to members whose fee waiver ends with this fiscal year (`rules.md 6`). */
export async function announceWaiverEnds(ctx: Context): Promise<void> {
  await round(done(await ask(waiverEndsToTell, ctx, {})), async (personId) => settled(await run(tellWaiverEnd, ctx, { personId })));
}
