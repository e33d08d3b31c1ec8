import { associationsById } from '#features/association/queries/directory.ts';
import { findPerson } from '#features/person/queries/person.ts';
import { writeTransaction } from '#platform/db/transaction.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import type { Reactions } from '#platform/jobs/reactions.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { findGuidance } from './guidance.store.server.ts';
import { guidanceMail } from './guidance-messages.ts';

/** What follows マイページの案内を送る: the mail, in the frame of M-03; nothing to who has registered meanwhile. */
export const membershipReactions: Reactions = {
  'member.guidanceSent': async (ctx, { guidanceId }) => {
    if (typeof guidanceId !== 'string') throw new JobError('a guidance without its id');
    await writeTransaction(ctx, async (tx) => {
      const row = await findGuidance(tx, guidanceId);
      const person = row === undefined ? undefined : await findPerson(tx, row.personId);
      if (row === undefined || person === undefined) throw new JobError('a guidance that is not there');
      if (person.mail !== null && person.accountId === null) {
        const [office] = await associationsById(tx, [row.associationId], ctx.today);
        const facts = { name: `${person.surname} ${person.givenName}`, office: office?.name ?? '', origin: ctx.site.origin };
        const mail = { template: 'M-03' as const, dedupeKey: `M-03:guidance:${row.id}`, to: person.mail, personId: person.id };
        await queueMail(tx, { ...mail, ...guidanceMail(facts) });
      }
      return { value: undefined, commit: true };
    });
  },
};
