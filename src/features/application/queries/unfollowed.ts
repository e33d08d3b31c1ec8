import { addDays, daysBetween } from '#kernel/day.ts';
import { refuse } from '#kernel/refusal.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { query } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { listQueued } from '../effect.store.server.ts';
import { listUnfollowed } from '../linked.store.server.ts';

/** A day that was missed is made up for so long; later the reminder is left out. */
const madeUpDays = 7;

export type JoinReminder = { id: string; key: string };

/** M-25 that are due today, of all cases or of one: a leave without destination, and nothing has followed it. */
export async function joinReminders(tx: ReadTransaction, ctx: Pick<Context, 'today'>, id?: string): Promise<JoinReminder[]> {
  const { joinReminderDays, joinReminderSecondDays, joinReminderLastDays } = await systemSettingsOf(tx);
  const marks = [joinReminderDays, joinReminderSecondDays, joinReminderLastDays];
  const span = { from: addDays(ctx.today, -Math.max(...marks) - madeUpDays), to: addDays(ctx.today, -Math.min(...marks)) };
  const due = (await listUnfollowed(tx, { ...span, ...(id === undefined ? {} : { id }) })).flatMap((one) => {
    const passed = daysBetween(one.leftOn, ctx.today);
    const mark = marks.find((days) => days <= passed && passed <= days + madeUpDays);
    return mark === undefined ? [] : [{ id: one.id, key: `M-25:${one.id}:${mark}` }];
  });
  const queued = new Set(
    await listQueued(
      tx,
      due.map((one) => one.key),
    ),
  );
  return due.filter((one) => !queued.has(one.key));
}

/** Cases whose doctors are reminded today; asked by the daily round. */
export const unfollowedCases = query({
  name: 'application.unfollowedCases',
  input: z.object({}),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  read: async (tx, _input, ctx) => (await joinReminders(tx, ctx)).map((one) => one.id),
  audit: 'nothing',
});
