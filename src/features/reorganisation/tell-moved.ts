import { keepTold } from '#features/association/commands/keep-move.ts';
import type { Move } from '#features/association/queries/reorganisation.ts';
import { movedUntold } from '#features/association/queries/reorganisation.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import { mailTargetsOf } from '#features/person/queries/person.ts';
import type { Context } from '#platform/context.ts';
import { writeTransaction } from '#platform/db/transaction.ts';
import { queueMails } from '#platform/mail/queue-mail.ts';
import { movedMail } from './mails/texts.ts';

const portion = 100;

/**
 * One mail to each doctor who was carried over and has not been told; nobody who has died or has no address. Mails and the note of
 * them stand or fall together, portion by portion, so that a crash tells nobody twice and forgets nobody.
 */
export async function tellMoved(ctx: Context, move: Move): Promise<void> {
  let told = portion;
  while (told === portion) told = await tellPortion(ctx, move);
}

async function tellPortion(ctx: Context, move: Move): Promise<number> {
  return await writeTransaction(ctx, async (tx) => {
    const ids = await movedUntold(tx, move.id, portion);
    const [office] = await associationsById(tx, [move.to.id], ctx.today);
    const about = {
      merged: move.kind === 'merge',
      from: move.from.name,
      to: move.to.name,
      contact: office?.tel ?? office?.mail ?? '',
      startsOn: move.startsOn,
      link: `${ctx.site.origin}/my`,
    };
    const mails = (await mailTargetsOf(tx, ids)).map(({ personId, mail, name }) => ({
      template: 'M-18' as const,
      dedupeKey: `M-18:${move.id}:${personId}`,
      to: mail,
      personId,
      ...movedMail({ ...about, name }),
    }));
    await queueMails(tx, mails);
    await keepTold(tx, move.id, { personIds: ids, at: ctx.now });
    return { value: ids.length, commit: true };
  });
}
