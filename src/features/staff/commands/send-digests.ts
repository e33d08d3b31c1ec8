import type { Context } from '#platform/context.ts';
import { writeTransaction } from '#platform/db/transaction.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { digestMail } from '../mails/texts.ts';
import type { WaitingLine } from '../mail-choice.store.server.ts';
import { listWaitingLines, settleLines } from '../mail-choice.store.server.ts';

function byHolder(lines: readonly WaitingLine[]): WaitingLine[][] {
  return [...Map.groupBy(lines, ({ accountId, associationId }) => `${accountId}:${associationId}`).values()];
}

/** 1日1回まとめて: one mail with what came since the last, to each who has chosen so. Repeated on the same day it adds what is new. */
export async function sendDigests(ctx: Context): Promise<void> {
  await writeTransaction(ctx, async (tx) => {
    for (const lines of byHolder(await listWaitingLines(tx, ctx.today))) {
      const [first] = lines;
      if (first === undefined) continue;
      const { accountId, associationId, mail: to } = first;
      await settleLines(tx, { accountId, associationId }, ctx.today);
      if (to === null || to === '') continue;
      const text = digestMail({ lines: lines.map(({ line }) => line), link: `${ctx.site.origin}/office` });
      const dedupeKey = `M-40:daily:${accountId}:${associationId}:${ctx.now.getTime()}`;
      await queueMail(tx, { template: 'M-40', dedupeKey, to, ...text });
    }
    return { value: undefined, commit: true };
  });
}
