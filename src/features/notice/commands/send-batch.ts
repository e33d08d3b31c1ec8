import { createHash } from 'node:crypto';
import { accepted, refuse } from '#kernel/refusal.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import { takersOfMail } from '#features/profile/queries/mailing.ts';
import { officeMailAddresses } from '#features/staff/queries/recipients.ts';
import { command } from '#platform/command/command.ts';
import type { Context } from '#platform/context.ts';
import type { WriteTransaction } from '#platform/db/transaction.ts';
import type { NewMail } from '#platform/mail/queue-mail.ts';
import { queueMails } from '#platform/mail/queue-mail.ts';
import { isRunning } from '../flow.ts';
import { noticeMail } from '../mails/texts.ts';
import { addresseesOf, findMailPlace, keepMailPlace, keepReaders, nextOffices, nextReaders } from '../mail.store.server.ts';
import { isToOffices, mailKindOf } from '../rules.ts';
import { noticeIdInput } from '../schema.ts';
import type { NoticeRow } from '../store.server.ts';
import { categoryNames, findNotice } from '../store.server.ts';
import { readersOf } from './publish.ts';

/** Mails of one transaction: a second or so of work. */
export const mailPortion = 1000;
const officePortion = 50;

type Batch = { mails: NewMail[]; after: string; done: boolean };
type Work = { row: NoticeRow; association: string; kind: ReturnType<typeof mailKindOf>; after: string };

async function toDoctors(tx: WriteTransaction, ctx: Context, { row, association, kind, after }: Work): Promise<Batch> {
  const ids = await nextReaders(tx, row, { on: ctx.today, after, most: mailPortion });
  const link = `${ctx.site.origin}/my/notices/${row.id}`;
  const mails = (await addresseesOf(tx, await takersOfMail(tx, ids, kind))).map(({ personId, mail, name }) => ({
    template: 'M-54' as const,
    dedupeKey: `M-54:${row.id}:${personId}`,
    to: mail,
    personId,
    ...noticeMail({ ...row, association }, { name, link }),
  }));
  return { mails, after: ids.at(-1) ?? after, done: ids.length < mailPortion };
}

async function toOffices(tx: WriteTransaction, ctx: Context, { row, association, after }: Work): Promise<Batch> {
  const ids = await nextOffices(tx, row, { on: ctx.today, after, most: officePortion });
  const text = noticeMail({ ...row, association }, { link: `${ctx.site.origin}/office/received-notices/${row.id}` });
  const mails: NewMail[] = [];
  for (const id of ids) {
    for (const to of await officeMailAddresses(tx, id, ctx.today)) {
      const who = createHash('sha256').update(to).digest('hex').slice(0, 16);
      mails.push({ template: 'M-54', dedupeKey: `M-54:${row.id}:${id}:${who}`, to, ...text });
    }
  }
  return { mails, after: String(ids.at(-1) ?? after), done: ids.length < officePortion };
}

/**
 * The next portion of M-54 (`screens.md 8`), with the note how far it has come in the same transaction: after a crash the job
 * goes on behind the last portion. Readers are those of the day of sending; one who joins later reads the notice without a mail.
 */
export const sendBatch = command({
  name: 'notice.sendBatch',
  input: noticeIdInput,
  locks: async (_tx, { id }) => await Promise.resolve([{ kind: 'application' as const, id }]),
  load: async (tx, { id }, ctx) => {
    const row = await findNotice(tx, id);
    const place = await findMailPlace(tx, id);
    if (row === undefined || place === undefined) return undefined;
    const [association] = await associationsById(tx, [row.associationId], ctx.today);
    const categories = await categoryNames(tx, [row.category1Id, row.category2Id]);
    return { row, place, association: association?.name ?? '', kind: mailKindOf([...categories.values()]) };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (ctx, { row, place }) => accepted({ send: place.waiting && isRunning(row, ctx.today) }),
  save: async (tx, { ctx, target: { row, place, association, kind }, decision }) => {
    const work = { row, association, kind, after: place.after };
    const batch: Batch = decision.send
      ? await (isToOffices(row.target) ? toOffices(tx, ctx, work) : toDoctors(tx, ctx, work))
      : { mails: [], after: place.after, done: true };
    await queueMails(tx, batch.mails);
    await keepMailPlace(tx, row.id, { after: batch.after, sent: batch.mails.length, done: batch.done });
    return {
      value: { done: batch.done },
      audit: { action: 'notice.sendBatch', target: row.id, detail: { mails: batch.mails.length } },
      events: [],
    };
  },
});

/** The number of readers as it is today: 既読 n/m of a running notice follows the membership. */
export const recountReaders = command({
  name: 'notice.recount',
  input: noticeIdInput,
  locks: async (_tx, { id }) => await Promise.resolve([{ kind: 'application' as const, id }]),
  load: async (tx, { id }, ctx) => {
    const row = await findNotice(tx, id);
    return row === undefined ? undefined : { row, readers: await readersOf(tx, ctx, row) };
  },
  allow: (ctx) => (ctx.actor.kind === 'system' ? true : refuse('forbidden')),
  decide: (_ctx, { readers }) => accepted(readers),
  save: async (tx, { target: { row }, decision }) => {
    await keepReaders(tx, row.id, decision);
    return { value: { id: row.id }, audit: { action: 'notice.recount', target: row.id, detail: { readers: decision ?? 0 } }, events: [] };
  },
});
