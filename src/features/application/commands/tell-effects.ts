import { accepted, refuse } from '#kernel/refusal.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import { mailTargetOf } from '#features/person/queries/person.ts';
import { command } from '#platform/command/command.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { effectMail } from '../mails/daily-texts.ts';
import { effectKey, newsOfToday } from '../queries/effects-to-tell.ts';
import { applicationIdInput } from '../schema.ts';
import { loadCase } from '../store.server.ts';
import { caseLocks } from './gate.ts';

/** M-18 to the doctor: what of a case becomes true today, or which leave comes soon (`rules.md 2.4`). Told already: nothing to do. */
export const tellEffects = command({
  name: 'application.tellEffects',
  input: applicationIdInput,
  locks: caseLocks,
  load: async (tx, { id }, ctx) => {
    const target = await loadCase(tx, ctx.actor, id);
    return target === undefined ? undefined : { target, news: await newsOfToday(tx, { today: ctx.today, applicationId: id }) };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: () => accepted(undefined),
  save: async (tx, { ctx, target: { target, news } }) => {
    const person = await mailTargetOf(tx, target.personId);
    const ids = news.flatMap((one) => one.events.map((event) => event.associationId));
    const names = new Map((await associationsById(tx, [...new Set(ids)], ctx.today)).map((row) => [row.id, row.name]));
    for (const one of person === undefined ? [] : news) {
      await queueMail(tx, {
        template: 'M-18',
        dedupeKey: effectKey(one),
        to: person?.mail ?? '',
        personId: target.personId,
        ...effectMail({
          name: person?.name ?? '',
          number: target.number ?? '',
          kind: target.kind,
          on: one.on,
          events: one.events.map((event) => ({ ...event, office: names.get(event.associationId) ?? '' })),
          link: `${ctx.site.origin}/my/applications/${target.id}`,
        }),
      });
    }
    return {
      value: { told: news.length },
      audit: { action: 'application.tellEffects', personIds: [target.personId], target: target.id, detail: { mails: news.length } },
      events: [],
    };
  },
});
