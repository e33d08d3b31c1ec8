import { idInput } from '#kernel/input.ts';
import { accepted, refuse } from '#kernel/refusal.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import { mailTargetOf } from '#features/person/queries/person.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { z } from 'zod';
import { waiverMail } from '../mails/daily-texts.ts';
import type { WaiverEnd } from '../queries/waiver-ends.ts';
import { waiverEnds } from '../queries/waiver-ends.ts';
import { findJmaStanding } from '../waiver.store.server.ts';

async function tell(tx: WriteTransaction, ctx: Context, { personId, until, key }: WaiverEnd): Promise<void> {
  const person = await mailTargetOf(tx, personId);
  const standing = await findJmaStanding(tx, personId);
  if (person === undefined || standing === undefined) return;
  const [office] = await associationsById(tx, [standing.lowestAssociationId], ctx.today);
  await queueMail(tx, {
    template: 'M-24',
    dedupeKey: key,
    to: person.mail,
    personId,
    ...waiverMail({
      name: person.name,
      until,
      category: standing.category,
      office: office?.name ?? '',
      contact: office?.tel ?? office?.mail ?? '',
      link: `${ctx.site.origin}/my/applications/change`,
    }),
  });
}

/** M-24 to a member whose fee waiver ends with this fiscal year (`rules.md 6`). Told already: nothing to do. */
export const tellWaiverEnd = command({
  name: 'application.tellWaiverEnd',
  input: z.object({ personId: idInput }),
  locks: async (_tx, { personId }) => [{ kind: 'person', id: personId }],
  load: async (tx, { personId }, ctx) => await waiverEnds(tx, ctx.today, personId),
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: () => accepted(undefined),
  save: async (tx, { ctx, target: ends, input: { personId } }) => {
    for (const end of ends) await tell(tx, ctx, end);
    return {
      value: { told: ends.length },
      audit: { action: 'application.tellWaiverEnd', personIds: [personId], detail: { mails: ends.length } },
      events: [],
    };
  },
});
