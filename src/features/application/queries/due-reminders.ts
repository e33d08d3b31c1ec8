import type { Day } from '#kernel/day.ts';
import { refuse } from '#kernel/refusal.ts';
import { isWorkingDay } from '#kernel/working-day.ts';
import { officeMailAddresses } from '#features/staff/queries/recipients.ts';
import { query } from '#platform/command/query.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import type { ReminderMark } from '../clock.ts';
import { ageOn, dueMarks, workingAgeOn } from '../clock.ts';
import type { ApplicationKind } from '../flow.ts';
import { hadMailOn, listOfficesToAsk, listPauses, listWaitingSteps } from '../reminder.store.server.ts';

export type DueStep = {
  stepId: string;
  applicationId: string;
  number: string;
  kind: ApplicationKind;
  /** As every list shows them. */
  days: number;
  marks: ReminderMark[];
};

/** What M-41 of the day must name for one office, oldest first; nothing when it has had its mail or nobody could read it. */
export async function dueSteps(
  tx: ReadTransaction,
  ask: { associationId: number; today: Day },
): Promise<{ steps: DueStep[]; recipients: string[] }> {
  const none = { steps: [], recipients: [] };
  if (!isWorkingDay(ask.today) || (await hadMailOn(tx, ask.associationId, ask.today))) return none;
  const recipients = await officeMailAddresses(tx, ask.associationId, ask.today);
  if (recipients.length === 0) return none;
  const waiting = await listWaitingSteps(tx, ask.associationId, ask.today);
  const paused = waiting.filter((step) => step.pausedDays > 0).map((step) => step.applicationId);
  const pauses = await listPauses(tx, [...new Set(paused)]);
  const steps = waiting.map((step) => {
    const workingAge = workingAgeOn({ reachedOn: step.reachedOn, pauses: pauses.get(step.applicationId) ?? [] }, ask.today);
    return {
      stepId: step.stepId,
      applicationId: step.applicationId,
      number: step.number,
      kind: step.kind,
      days: ageOn({ clockFrom: step.clockFrom, lateOn: null }, ask.today),
      marks: dueMarks({ workingAge, reminderDays: step.reminderDays, had: step.had }),
    };
  });
  return { steps: steps.filter((step) => step.marks.length > 0), recipients };
}

/** Offices that must be reminded today; asked by the daily job. */
export const officesToRemind = query({
  name: 'application.officesToRemind',
  input: z.object({}),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  read: async (tx, _input, ctx) => {
    if (!isWorkingDay(ctx.today)) return [];
    const due: number[] = [];
    for (const associationId of await listOfficesToAsk(tx, ctx.today)) {
      if ((await dueSteps(tx, { associationId, today: ctx.today })).steps.length > 0) due.push(associationId);
    }
    return due;
  },
  audit: 'nothing',
});
