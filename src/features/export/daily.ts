import type { Context } from '#platform/context.ts';
import { listTitle } from './lists.ts';
import { deleteMail } from './mails/texts.ts';
import { expiredFiles, exportsToRemind } from './queries/due.ts';
import { exportLink, mailMaker } from './reactions.ts';

/** What the days bring to exports: reminders of 削除予定日, and the end of files that nobody can fetch any more. Safe to repeat. */

/** M-48 to the makers whose files are due (`rules.md 8.2`). */
export async function remindOfDeletion(ctx: Context): Promise<void> {
  for await (const portion of exportsToRemind(ctx))
    for (const due of portion) {
      const facts = { number: due.number, title: listTitle(due.list), link: exportLink(ctx.site.origin, due.id) };
      const text = deleteMail(facts, { deleteBy: due.deleteBy, rows: due.rowCount });
      await mailMaker(ctx, { accountId: due.accountId, cause: `due:${due.id}:${ctx.today}`, text });
    }
}

/** Removes the bytes of files whose time is over; the manifest stays. */
export async function removeExpiredFiles(ctx: Context): Promise<void> {
  for (const fileId of await expiredFiles(ctx)) await ctx.files.remove(fileId);
}
