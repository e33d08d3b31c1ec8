import { doneTransfer } from '#features/application/queries/transfer-done.ts';
import { accountMail } from '#features/identity/queries/account-mail.ts';
import { mailTargetOf } from '#features/person/queries/person.ts';
import { run } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import { readTransaction, writeTransaction } from '#platform/db/transaction.ts';
import { JobError } from '#platform/jobs/job-error.ts';
import type { EventPayload, Reactions } from '#platform/jobs/reactions.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { openTransferTasks } from './commands/open-tasks.ts';
import { kindLabels } from './labels.ts';
import type { MailText } from './mails/texts.ts';
import { answeredMail, askedMail, guestAnswerMail } from './mails/texts.ts';
import { jmaId } from './rules.ts';
import type { Inquiry } from './store.server.ts';
import { findInquiry, listMessages } from './store.server.ts';

type Work = (tx: WriteTransaction, row: Inquiry) => Promise<void>;

async function about(ctx: Context, payload: EventPayload, work: Work): Promise<void> {
  const { inquiryId } = payload;
  if (typeof inquiryId !== 'string') throw new JobError('an inquiry without its id');
  await writeTransaction(ctx, async (tx) => {
    const row = await findInquiry(tx, inquiryId);
    if (row === undefined) throw new JobError('an inquiry that is not there');
    await work(tx, row);
    return { value: undefined, commit: true };
  });
}

type Recipient = { mail: string; name: string; personId?: string; link: string | undefined };

/** A doctor at the address on record, staff at their own, a guest at what he typed; nothing goes to the dead. */
async function recipientOf(ctx: Context, tx: WriteTransaction, row: Inquiry): Promise<Recipient | undefined> {
  if (row.personId !== null) {
    const to = await mailTargetOf(tx, row.personId);
    return to === undefined ? undefined : { ...to, personId: row.personId, link: `${ctx.site.origin}/my/inquiries/${row.id}` };
  }
  if (row.accountId === null) return { mail: row.askerMail, name: row.askerName, link: undefined };
  const mail = await accountMail(ctx.database, row.accountId);
  return mail === undefined ? undefined : { mail, name: row.askerName, link: `${ctx.site.origin}/office/inquiries/${row.id}` };
}

type Mailing = { template: 'M-33' | 'M-34'; key: string; to: Recipient; text: MailText };

async function send(tx: WriteTransaction, { template, key, to, text }: Mailing): Promise<void> {
  const person = to.personId === undefined ? {} : { personId: to.personId };
  await queueMail(tx, { template, dedupeKey: `${template}:inquiry:${key}`, to: to.mail, ...person, ...text });
}

const factsOf = (row: Inquiry, name: string) => ({ name, number: row.number, kind: kindLabels[row.kind] });

async function answerText(ctx: Context, tx: WriteTransaction, what: { row: Inquiry; to: Recipient; messageId: string }): Promise<MailText> {
  const { row, to, messageId } = what;
  const facts = factsOf(row, to.name);
  if (to.link !== undefined) return answeredMail(facts, to.link);
  const message = (await listMessages(tx, row.id)).find((one) => one.id === messageId);
  if (message === undefined) throw new JobError('an answer that is not there');
  return guestAnswerMail(facts, { body: message.body, from: message.authorOffice, link: `${ctx.site.origin}/contact` });
}

/** What follows an お問合せ: M-33 to who asked, M-34 when it is answered (`screens.md 8`). */
export const inquiryReactions: Reactions = {
  'application.completed': async (ctx, { applicationId }) => {
    if (typeof applicationId !== 'string') throw new JobError('a case without its id');
    const transfer = await readTransaction(ctx, async (tx) => await doneTransfer(tx, ctx.actor, applicationId));
    if (transfer?.associationIds.includes(jmaId) !== true) return;
    const opened = await run(openTransferTasks, ctx, { applicationId });
    // The desks have it already.
    if (!opened.ok && opened.refusal.code !== 'conflict')
      throw new JobError(`the desks were not asked about a transfer: ${opened.refusal.code}`);
  },
  'inquiry.asked': async (ctx, payload) =>
    await about(ctx, payload, async (tx, row) => {
      const to = await recipientOf(ctx, tx, row);
      if (to !== undefined) await send(tx, { template: 'M-33', key: row.id, to, text: askedMail(factsOf(row, to.name), to.link) });
    }),
  'inquiry.answered': async (ctx, payload) =>
    await about(ctx, payload, async (tx, row) => {
      const messageId = String(payload['messageId']);
      const to = await recipientOf(ctx, tx, row);
      if (to === undefined) return;
      await send(tx, { template: 'M-34', key: messageId, to, text: await answerText(ctx, tx, { row, to, messageId }) });
    }),
};
