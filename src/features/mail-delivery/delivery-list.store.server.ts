import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import { endOfDay, startOfDay } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { Delivery } from './rules.ts';

/** SQL of P-08. Bodies and subjects are never read: subjects are the same for all, bodies hold names. */

export type DeliveryRow = { id: string; at: Date; template: string; to: string; state: string; attempts: number; reason: string };

export type DeliveryFilter = {
  delivery: Delivery | undefined;
  template: string;
  from: Day | undefined;
  to: Day | undefined;
  /** The last line before: older ones follow; '' from the newest on. */
  after: string;
  limit: number;
};

const inDelivery: Readonly<Record<Delivery, ReturnType<typeof sql<boolean>>>> = {
  waiting: sql<boolean>`state = 'waiting' AND last_error = ''`,
  again: sql<boolean>`state = 'waiting' AND last_error <> ''`,
  sent: sql<boolean>`state = 'sent'`,
  undelivered: sql<boolean>`state IN ('failed', 'bounced')`,
  stopped: sql<boolean>`state = 'stopped'`,
};

/** One page, newest first. */
export async function listDeliveries(tx: ReadTransaction, filter: DeliveryFilter): Promise<DeliveryRow[]> {
  const { delivery, template, from, to, after } = filter;
  return await tx
    .selectFrom('mail_message')
    .select(['id', 'created_at as at', 'template', 'to_address as to', 'state', 'attempts', 'last_error as reason'])
    .$if(delivery !== undefined, (rows) => rows.where(inDelivery[delivery ?? 'waiting']))
    .$if(template !== '', (rows) => rows.where('template', '=', template))
    .$if(from !== undefined, (rows) => rows.where(sql<boolean>`created_at >= ${from === undefined ? null : startOfDay(from)}`))
    .$if(to !== undefined, (rows) => rows.where(sql<boolean>`created_at < ${to === undefined ? null : endOfDay(to)}`))
    .$if(after !== '', (rows) => {
      const last = sql`(SELECT l.created_at FROM mail_message l WHERE l.id = ${after}::uuid)`;
      return rows.where(sql<boolean>`created_at <= ${last} AND (created_at < ${last} OR id > ${after}::uuid)`);
    })
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(filter.limit)
    .execute();
}

/** Puts a mail back into the queue; a trigger adds its job. */
export async function requeue(tx: WriteTransaction, { id, from }: { id: string; from: string }): Promise<void> {
  const again = { state: 'waiting', last_error: '', bounced_at: null };
  await tx.updateTable('mail_message').set(again).where('id', '=', id).where('state', '=', from).execute();
}

/** Stops a mail that has not left. */
export async function stopMail(tx: WriteTransaction, id: string): Promise<void> {
  await tx.updateTable('mail_message').set({ state: 'stopped' }).where('id', '=', id).where('state', '=', 'waiting').execute();
}
