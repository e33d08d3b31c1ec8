import type { Outcome } from '#kernel/refusal.ts';
import { run } from '#platform/command/command.ts';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import { describeFailure, JobError } from '#platform/jobs/job-error.ts';
import { countUsualTimes } from './commands/count-usual-times.ts';
import { remindOffice } from './commands/remind-office.ts';
import { officesToRemind } from './queries/due-reminders.ts';

/** What the days bring to applications. Each is a round of commands, every one safe to repeat; a missed day is made up by the next round. */

function done<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new JobError(`refused: ${outcome.refusal.code}`);
  return outcome.value;
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
