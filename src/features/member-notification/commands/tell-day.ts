import { addDays, day, fiscalYear } from '#kernel/day.ts';
import { graduateMonthsOf } from '#kernel/fee-period.ts';
import { accepted } from '#kernel/refusal.ts';
import { dueTrainings } from '#features/application/training.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { endingNoticeDays } from '../rules.ts';
import { insertEffects, insertTrainingEnds, insertWaiverEnds } from '../store.server.ts';
import { systemOnly } from './tell.ts';

/** A day that was missed is made up for so long. */
const madeUpDays = 7;

async function tellEndings(tx: WriteTransaction, ctx: Context): Promise<void> {
  const notice = { trainingNoticeDays: endingNoticeDays, trainingNoticeAgainDays: 0 };
  for (const { month, endsOn } of dueTrainings(ctx.today, notice)) await insertTrainingEnds(tx, { month, endsOn, at: ctx.now });
  const endsOn = day(`${fiscalYear(ctx.today) + 1}-03-31`);
  if (addDays(endsOn, -endingNoticeDays) <= ctx.today) await insertWaiverEnds(tx, { ...graduateMonthsOf(endsOn), endsOn, at: ctx.now });
}

/** What the day itself brings (`screens.md O-15`): 効力発生, and 会費免除・研修修了 that end within 60 days. */
export const tellDay = command({
  name: 'memberNotification.tellDay',
  input: z.object({}),
  locks: async () => await Promise.resolve([]),
  load: async () => await Promise.resolve({}),
  allow: systemOnly,
  decide: () => accepted(undefined),
  save: async (tx, { ctx }) => {
    const effects = await insertEffects(tx, { from: addDays(ctx.today, -madeUpDays), to: ctx.today, at: ctx.now });
    await tellEndings(tx, ctx);
    return { value: { effects }, audit: { action: 'memberNotification.tellDay', target: ctx.today, detail: { effects } }, events: [] };
  },
});
