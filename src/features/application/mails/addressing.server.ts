import { createHash } from 'node:crypto';
import { writeToOffice } from '#features/staff/commands/office-mail.ts';
import { operationsMailAddresses } from '#features/staff/queries/recipients.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import type { EventPayload } from '#platform/jobs/reactions.ts';
import { queueMail } from '#platform/mail/queue-mail.ts';
import { applicationWord } from '../labels.ts';
import { news } from '../messages.ts';
import type { MailCase } from './case-facts.server.ts';
import type { MailText } from './texts.ts';
import { officeMail, operationsMail } from './texts.ts';

/** To whom the mails about an application go. Repeating one writes no second mail: the key names the cause. */

type Template = `M-${string}`;

export type Task = { tx: WriteTransaction; ctx: Context; found: MailCase; stepId: string; cause: string; payload: EventPayload };

type OfficeNews = { template: Template; subject: string; sentence: string };

/** To the doctor, where there is an address and nobody has died. */
export async function toDoctor(
  task: Task,
  template: Template,
  text: (facts: NonNullable<MailCase['doctor']>['facts']) => MailText,
): Promise<void> {
  const { doctor, target } = task.found;
  if (doctor === undefined) return;
  await queueMail(task.tx, {
    template,
    dedupeKey: `${template}:${task.cause}`,
    to: doctor.mail,
    personId: target.personId,
    ...text(doctor.facts),
  });
}

/** Keys hold no address. */
function hashOf(address: string): string {
  return createHash('sha256').update(address).digest('hex').slice(0, 16);
}

/** To the staff of an office, as each of them wishes to hear of it. */
export async function toOffice(task: Task, associationId: number, mail: OfficeNews): Promise<void> {
  const { found } = task;
  const text = officeMail({
    office: found.office(associationId).name,
    subject: mail.subject,
    sentence: mail.sentence,
    number: found.target.number ?? '',
    kindWord: applicationWord(found.target.kind),
    link: found.link,
  });
  await writeToOffice(task.tx, task.ctx, {
    associationId,
    template: mail.template,
    key: `${task.cause}:${associationId}`,
    line: news.line({ subject: mail.subject, kindWord: applicationWord(found.target.kind), number: found.target.number ?? '' }),
    ...text,
  });
}

/** To 運営事務局, which sees no case. */
export async function toOperations(task: Task, mail: OfficeNews): Promise<void> {
  const { target, office } = task.found;
  const text = operationsMail({
    subject: mail.subject,
    sentence: mail.sentence,
    number: target.number ?? '',
    kindWord: applicationWord(target.kind),
    office: office(target.proxyAssociationId ?? -1).name,
  });
  for (const to of await operationsMailAddresses(task.tx, task.ctx.today)) {
    const key = `${mail.template}:${task.cause}:operations:${hashOf(to)}`;
    await queueMail(task.tx, { template: mail.template, dedupeKey: key, to, ...text });
  }
}

/** The office whose step the event is about. */
export function stepOffice(task: Task): { name: string; contact: string } {
  const step = task.found.steps.find((one) => one.id === task.stepId);
  return task.found.office(step?.associationId ?? -1);
}
