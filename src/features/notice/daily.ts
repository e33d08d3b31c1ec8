import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import { describeFailure, JobError } from '#platform/jobs/job-error.ts';
import type { Reactions } from '#platform/jobs/reactions.ts';
import { recountReaders, sendBatch } from './commands/send-batch.ts';
import { mailsDue, noticesToRecount } from './queries/due.ts';

/** What time brings to お知らせ. Each round is safe to repeat and goes on where an earlier one was broken off. */

/** At most so many portions in one job; the next round goes on. */
const mostPortions = 400;

async function send(ctx: Context, id: string): Promise<void> {
  for (let portion = 0; portion < mostPortions; portion += 1) {
    const outcome = await run(sendBatch, ctx, { id });
    if (!outcome.ok) {
      // Ended in the meantime: there is nothing to send.
      if (outcome.refusal.code === 'notFound') return;
      throw new JobError(`mails of a notice were not queued: ${outcome.refusal.code}`);
    }
    if (outcome.value.done) return;
  }
}

/** M-54 of every notice whose hour has come (`screens.md O-16`). */
export async function sendNotices(ctx: Context): Promise<void> {
  const failures: string[] = [];
  for (const id of await mailsDue(ctx)) {
    try {
      await send(ctx, id);
    } catch (error) {
      // One failure does not keep the others waiting; at the end it is told, so that the round is tried again.
      failures.push(describeFailure(error));
    }
  }
  if (failures.length > 0) throw new JobError(`${failures.length} notices were not sent, first: ${failures[0]}`);
}

const page = 200;

/** 既読 n/m: the number of readers follows joining and leaving, day by day. */
export async function recountNotices(ctx: Context): Promise<void> {
  let after = '';
  for (;;) {
    const ids = await noticesToRecount(ctx, after, page);
    for (const id of ids) {
      const outcome = await run(recountReaders, ctx, { id });
      if (!outcome.ok && outcome.refusal.code !== 'notFound') throw new JobError(`readers were not counted: ${outcome.refusal.code}`);
    }
    const last = ids.at(-1);
    if (last === undefined || ids.length < page) return;
    after = last;
  }
}

/** Mails whose hour is past when the notice is registered go at once. */
export const noticeReactions: Reactions = {
  'notice.mailDue': async (ctx, payload) => {
    const { noticeId } = payload;
    if (typeof noticeId !== 'string') throw new JobError('a notice without its id');
    await send(ctx, noticeId);
  },
};
