import { createHash } from 'node:crypto';
import { accepted, refuse } from '#kernel/refusal.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import { command } from '#platform/command/command.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { z } from 'zod';
import { kindLabel } from '../labels.ts';
import { reminderMail } from '../mails/daily-texts.ts';
import { dueSteps } from '../queries/due-reminders.ts';
import { insertReminders } from '../reminder.store.server.ts';

/** A mail names so many numbers; the list in MAMIS has them all. */
const mostNumbers = 100;

/**
 * One mail M-41 of the day to the staff of one office, naming what has waited for the reminder days of its settings or twice as
 * long (`rules.md 3.13`). What was named is noted in the same transaction, so that a second worker finds nothing left to say.
 */
export const remindOffice = command({
  name: 'application.remindOffice',
  input: z.object({ associationId: z.int().min(0).max(99_999) }),
  locks: async (_tx, input) => [{ kind: 'association', id: String(input.associationId) }],
  load: async (tx, { associationId }, ctx) => {
    const [office] = await associationsById(tx, [associationId], ctx.today);
    return office === undefined ? undefined : { office, ...(await dueSteps(tx, { associationId, today: ctx.today })) };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: () => accepted(undefined),
  save: async (tx, { ctx, target: { office, steps, recipients } }) => {
    const rows = steps.flatMap((step) =>
      step.marks.map((mark) => ({ stepId: step.stepId, mark, associationId: office.id, sentOn: ctx.today })),
    );
    if (rows.length > 0) await insertReminders(tx, rows);
    const mail = reminderMail({
      office: office.name,
      cases: steps
        .slice(0, mostNumbers)
        .map((step) => ({ number: step.number, kindWord: kindLabel(step.kind, 'submitted'), days: step.days })),
      count: steps.length,
      link: `${ctx.site.origin}/office/applications?late=1`,
    });
    for (const to of steps.length === 0 ? [] : recipients) {
      const who = createHash('sha256').update(to).digest('hex').slice(0, 16);
      await queueMail(tx, { template: 'M-41', dedupeKey: `M-41:${office.id}:${ctx.today}:${who}`, to, ...mail });
    }
    return {
      value: { named: steps.length },
      audit: { action: 'application.remindOffice', target: String(office.id), detail: { steps: steps.length, mails: recipients.length } },
      events: [],
    };
  },
});
