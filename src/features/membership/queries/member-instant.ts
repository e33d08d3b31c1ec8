import { z } from 'zod';
import { endOfDay, startOfDay } from '#kernel/day.ts';
import { foldNumber } from '#kernel/fold-input.ts';
import { messages } from '#kernel/messages.ts';
import { parseDayInput } from '#kernel/wareki.ts';

const minute = 60_000;

/**
 * 「いつの時点で知られていた内容か」 as typed: a day (known at its end) or a day with a time, both in Japan. Undefined when empty:
 * everything recorded so far.
 */
export function knownAtInput(label: string) {
  return z
    .string()
    .default('')
    .transform((text, step): Date | undefined => {
      const typed = foldNumber(text).replace('T', ' ');
      if (typed === '') return undefined;
      const [, dayText = '', hours, minutes] = /^(.*?)(?:\s+(\d{1,2}):(\d{2}))?$/.exec(typed) ?? [];
      const day = parseDayInput(dayText);
      const hour = Number(hours ?? 0);
      if (day === undefined || hour > 23 || Number(minutes ?? 0) > 59) {
        step.issues.push({ code: 'custom', message: messages.date(label), input: text });
        return undefined;
      }
      if (hours === undefined) return new Date(endOfDay(day).getTime() - 1);
      // The whole minute belongs to what was known: people read the clock to the minute.
      return new Date(startOfDay(day).getTime() + (hour * 60 + Number(minutes) + 1) * minute - 1);
    });
}
