import { createHash } from 'node:crypto';
import { accepted, refuse } from '#kernel/refusal.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import { mailTargetOf } from '#features/person/queries/person.ts';
import { officeMailAddresses } from '#features/staff/queries/recipients.ts';
import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { z } from 'zod';
import { trainingMail, trainingOfficeMail } from '../mails/daily-texts.ts';
import { afterTraining } from '../labels.ts';
import type { DueTraining } from '../training.ts';
import { dueTrainings } from '../training.ts';
import { insertTrainingNotices, listTrainees } from '../training.store.server.ts';

/** So many persons in one mail to the office; the others follow in the next. */
const mostPersons = 200;

type Telling = { due: DueTraining; office: { id: number; name: string }; personIds: readonly string[] };

/** One mail a doctor and notice, however many affiliations he has. */
async function tellDoctors(tx: WriteTransaction, ctx: Context, { due, personIds }: Telling): Promise<void> {
  for (const personId of personIds) {
    const person = await mailTargetOf(tx, personId);
    if (person === undefined || person.mail === '') continue;
    await queueMail(tx, {
      template: 'M-23',
      dedupeKey: `M-23:${personId}:${due.month}:${due.mark}`,
      to: person.mail,
      personId,
      ...trainingMail({ name: person.name, endsOn: due.endsOn, link: `${ctx.site.origin}${afterTraining}` }),
    });
  }
}

async function tellOffice(tx: WriteTransaction, ctx: Context, { due, office, personIds }: Telling): Promise<void> {
  const mail = trainingOfficeMail({
    office: office.name,
    endsOn: due.endsOn,
    links: personIds.map((id) => `${ctx.site.origin}/office/members/${id}`),
  });
  const batch = createHash('sha256').update(personIds.join()).digest('hex').slice(0, 16);
  for (const to of await officeMailAddresses(tx, office.id, ctx.today)) {
    const who = createHash('sha256').update(to).digest('hex').slice(0, 16);
    await queueMail(tx, { template: 'M-23', dedupeKey: `M-23:${office.id}:${due.month}:${due.mark}:${batch}:${who}`, to, ...mail });
  }
}

/**
 * M-23: the doctors of one district whose training ends in a month, and the district itself, which gets one list
 * (`rules.md 4.2`). Whom it was told of is noted in the same transaction. Answers whether more are waiting.
 */
export const tellTraining = command({
  name: 'application.tellTraining',
  input: z.object({ associationId: z.int().min(0).max(99_999), month: z.string().max(7) }),
  locks: async (_tx, input) => [{ kind: 'association', id: String(input.associationId) }],
  load: async (tx, { associationId, month }, ctx) => {
    const [office] = await associationsById(tx, [associationId], ctx.today);
    const due = dueTrainings(ctx.today, await systemSettingsOf(tx)).find((one) => one.month === month);
    if (office === undefined || due === undefined) return undefined;
    return { office, due, personIds: await listTrainees(tx, { associationId, due, limit: mostPersons }) };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: () => accepted(undefined),
  save: async (tx, { ctx, target }) => {
    const { office, due, personIds } = target;
    if (personIds.length > 0) {
      await insertTrainingNotices(tx, personIds, { associationId: office.id, due, on: ctx.today });
      await tellDoctors(tx, ctx, target);
      await tellOffice(tx, ctx, target);
    }
    const detail = { month: due.month, mark: due.mark, persons: personIds.length };
    return {
      value: { more: personIds.length === mostPersons },
      audit: { action: 'application.tellTraining', personIds, target: String(office.id), detail },
      events: [],
    };
  },
});
