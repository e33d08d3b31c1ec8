import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { MailChoices, MailKind } from './mail-choice.ts';
import { choiceOf, mailKinds } from './mail-choice.ts';

/** SQL of the mails to an office: who reads what, and the lines that wait for the daily mail (`screens.md O-27`). */

type Holder = { accountId: string; associationId: number };

/** One's own choices; 都度 where nothing was chosen. */
export async function findChoices(tx: ReadTransaction, { accountId, associationId }: Holder): Promise<MailChoices> {
  const rows = await tx
    .selectFrom('office_mail_choice')
    .select(['kind', 'choice'])
    .where('account_id', '=', accountId)
    .where('association_id', '=', associationId)
    .execute();
  const chosen = (kind: MailKind) => choiceOf(rows.find((row) => row.kind === kind)?.choice ?? null);
  return {
    arrived: chosen('arrived'),
    resubmitted: chosen('resubmitted'),
    confirm: chosen('confirm'),
    ended: chosen('ended'),
    message: chosen('message'),
  };
}

/** Keeps one's own choices. */
export async function putChoices(
  tx: WriteTransaction,
  { accountId, associationId }: Holder,
  chosen: { choices: MailChoices; at: Date },
): Promise<void> {
  await tx
    .insertInto('office_mail_choice')
    .values(
      mailKinds.map((kind) => ({
        account_id: accountId,
        association_id: associationId,
        kind,
        choice: chosen.choices[kind],
        changed_at: chosen.at,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'association_id', 'kind'])
        .doUpdateSet((eb) => ({ choice: eb.ref('excluded.choice'), changed_at: eb.ref('excluded.changed_at') })),
    )
    .execute();
}

function workingStaff(tx: ReadTransaction, on: Day) {
  return tx
    .selectFrom('staff_member as s')
    .innerJoin('account as a', 'a.id', 's.account_id')
    .where('s.role', '<>', 'trainingContractor')
    .where('s.state', '=', 'active')
    .where('a.state', '=', 'active')
    .where('s.valid_until', '>=', on)
    .where('a.mail', 'is not', null);
}

/** Who of an office may read a mail of a kind, with his choice. System only. */
export async function listReaders(tx: ReadTransaction, ask: { associationId: number; kind: MailKind | undefined; on: Day }) {
  const rows = await workingStaff(tx, ask.on)
    .leftJoin('office_mail_choice as c', (join) =>
      join
        .onRef('c.account_id', '=', 's.account_id')
        .onRef('c.association_id', '=', 's.association_id')
        .on('c.kind', '=', ask.kind ?? ''),
    )
    .select(['a.id as accountId', 'a.mail', 'c.choice'])
    .where('s.association_id', '=', ask.associationId)
    .orderBy('a.mail')
    .orderBy('a.id')
    .limit(50)
    .execute();
  return rows.flatMap(({ accountId, mail, choice }) =>
    mail === null || mail === '' ? [] : [{ accountId, mail, choice: choiceOf(choice) }],
  );
}

/** Keeps a line for the daily mail; the same one is kept once. */
export async function addLine(tx: WriteTransaction, holder: Holder, news: { key: string; line: string; at: Date }): Promise<void> {
  await tx
    .insertInto('office_mail_digest')
    .values({ account_id: holder.accountId, association_id: holder.associationId, dedupe_key: news.key, line: news.line, at: news.at })
    .onConflict((conflict) => conflict.columns(['account_id', 'association_id', 'dedupe_key']).doNothing())
    .execute();
}

export type WaitingLine = Holder & { mail: string | null; line: string };

/** Lines that wait, of those who still work there, oldest first; `mail` is null for whoever has left. */
export async function listWaitingLines(tx: ReadTransaction, on: Day): Promise<WaitingLine[]> {
  return await tx
    .selectFrom('office_mail_digest as d')
    .leftJoin(workingStaff(tx, on).select(['a.mail', 's.account_id', 's.association_id']).distinct().as('w'), (join) =>
      join.onRef('w.account_id', '=', 'd.account_id').onRef('w.association_id', '=', 'd.association_id'),
    )
    .select(['d.account_id as accountId', 'd.association_id as associationId', 'd.line', 'w.mail'])
    .where('d.sent_on', 'is', null)
    .orderBy('d.account_id')
    .orderBy('d.association_id')
    .orderBy('d.at')
    .execute();
}

/** All that waited has been told, or there is nobody left to tell. */
export async function settleLines(tx: WriteTransaction, holder: Holder, on: Day): Promise<void> {
  await tx
    .updateTable('office_mail_digest')
    .set({ sent_on: on })
    .where('account_id', '=', holder.accountId)
    .where('association_id', '=', holder.associationId)
    .where('sent_on', 'is', null)
    .execute();
}
