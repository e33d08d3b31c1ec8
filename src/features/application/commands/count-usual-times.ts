import type { Day } from '#kernel/day.ts';
import { addDays, daysBetween, startOfDay } from '#kernel/day.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { isWorkingDay } from '#kernel/working-day.ts';
import { command } from '#platform/command/command.ts';
import { z } from 'zod';
import type { WorkingCalendar } from '../usual-time.store.server.ts';
import { recountUsualTimes } from '../usual-time.store.server.ts';

const countedDays = 365;
/** A case may have arrived long before it was decided. */
const calendarDays = 4 * 366;

/** The calendar of the last years up to a day, both included. */
export function workingCalendar(from: Day, to: Day): WorkingCalendar {
  const days = Array.from({ length: daysBetween(from, to) + 1 }, (_, step) => addDays(from, step));
  let count = 0;
  const numbers = days.map((on) => {
    if (isWorkingDay(on)) count += 1;
    return count;
  });
  return { days, numbers };
}

/** 「目安」 counted anew from every office's last year (`screens.md D-07`); a nightly job. */
export const countUsualTimes = command({
  name: 'application.countUsualTimes',
  input: z.object({}),
  locks: async () => [{ kind: 'key', id: 'usual-times' }],
  load: async () => ({}),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: () => accepted(undefined),
  save: async (tx, { ctx }) => {
    const rows = await recountUsualTimes(tx, {
      since: startOfDay(addDays(ctx.today, -countedDays)),
      on: ctx.today,
      calendar: workingCalendar(addDays(ctx.today, -calendarDays), ctx.today),
    });
    return { value: { rows }, audit: { action: 'application.countUsualTimes', detail: { rows } }, events: [] };
  },
});
