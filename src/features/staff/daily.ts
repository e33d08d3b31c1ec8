import { createHash } from 'node:crypto';
import type { Context } from '#platform/context.ts';
import { run } from '#platform/command/command.ts';
import { readTransaction, writeTransaction } from '#platform/db/transaction.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { inviteFirstAdmin } from './commands/invite-first-admin.ts';
import { adminlessMail, endingMail } from './mails/texts.ts';
import { endingMembers, endingOffices } from './queries/ending.ts';
import { uninvitedAdmins } from './queries/uninvited.ts';

/** What the days bring to 事務局ユーザー: the end of 有効期間 is told in time (`screens.md O-17`). Safe to repeat. */

/** Keys of mails hold no address. */
function keyOf(to: string): string {
  return createHash('sha256').update(to).digest('hex').slice(0, 16);
}

/** M-31 to those whose 有効期間 ends and their 管理者; M-32 to the association above an office that loses its last one. */
export async function remindOfValidity(ctx: Context): Promise<void> {
  const members = await endingMembers(ctx);
  const offices = await endingOffices(ctx);
  const { origin } = ctx.site;
  await writeTransaction(ctx, async (tx) => {
    for (const { id, name, mail, validUntil: until, admins } of members) {
      const cause = `M-31:${id}:${until}:${ctx.today}`;
      await queueMail(tx, {
        template: 'M-31',
        dedupeKey: cause,
        to: mail,
        ...endingMail({ name, until, own: true, link: `${origin}/login` }),
      });
      const told = endingMail({ name, until, own: false, link: `${origin}/office/staff-members/${id}` });
      for (const to of admins) await queueMail(tx, { template: 'M-31', dedupeKey: `${cause}:${keyOf(to)}`, to, ...told });
    }
    for (const { associationId, office, until, to: recipients } of offices) {
      for (const to of recipients) {
        const dedupeKey = `M-32:${associationId}:${until ?? 'none'}:${keyOf(to)}`;
        await queueMail(tx, { template: 'M-32', dedupeKey, to, ...adminlessMail({ office, until }) });
      }
    }
    return { value: undefined, commit: true };
  });
}

/** M-30 to the 初期管理者 of associations whose 設立日 has come (`screens.md J-02`). */
export async function inviteFirstAdmins(ctx: Context): Promise<void> {
  const ids = await readTransaction(ctx, async (tx) => await uninvitedAdmins(tx, ctx.today));
  for (const id of ids) {
    const invited = await run(inviteFirstAdmin, ctx, { id });
    if (!invited.ok && invited.refusal.code !== 'conflict') throw new JobError(`a first admin was not invited: ${invited.refusal.code}`);
  }
}
