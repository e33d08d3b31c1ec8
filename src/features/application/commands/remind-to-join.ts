import { accepted, refuse } from '#kernel/refusal.ts';
import { mailTargetOf } from '#features/person/queries/person.ts';
import { command } from '#platform/command/command.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { joinReminderMail } from '../mails/daily-texts.ts';
import { joinReminders } from '../queries/unfollowed.ts';
import { applicationIdInput } from '../schema.ts';
import { loadCase } from '../store.server.ts';
import { caseLocks } from './gate.ts';

/** M-25 to a doctor who left without a destination and has not joined anywhere since. Told already: nothing to do. */
export const remindToJoin = command({
  name: 'application.remindToJoin',
  input: applicationIdInput,
  locks: caseLocks,
  load: async (tx, { id }, ctx) => {
    const target = await loadCase(tx, ctx.actor, id);
    return target === undefined ? undefined : { target, due: await joinReminders(tx, ctx, id) };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: () => accepted(undefined),
  save: async (tx, { ctx, target: { target, due } }) => {
    const person = await mailTargetOf(tx, target.personId);
    for (const { key } of person === undefined ? [] : due) {
      await queueMail(tx, {
        template: 'M-25',
        dedupeKey: key,
        to: person?.mail ?? '',
        personId: target.personId,
        ...joinReminderMail({
          name: person?.name ?? '',
          number: target.number ?? '',
          link: `${ctx.site.origin}/my/applications/join?from=${target.id}`,
        }),
      });
    }
    return {
      value: { told: due.length },
      audit: { action: 'application.remindToJoin', personIds: [target.personId], target: target.id, detail: { mails: due.length } },
      events: [],
    };
  },
});
