import type { WriteTransaction } from '#platform/db/transaction.ts';

/** SQL of what is added to a case and never changed: messages, memos, tasks. */

export type MessageRow = {
  id: string;
  applicationId: string;
  associationId: number | null;
  accountId: string | null;
  authorName: string;
  authorOffice: string;
  body: string;
  at: Date;
};

/** Adds a 審査時連絡メッセージ (insert only). */
export async function insertMessage(tx: WriteTransaction, row: MessageRow): Promise<void> {
  await tx
    .insertInto('review_message')
    .values({
      id: row.id,
      application_id: row.applicationId,
      association_id: row.associationId,
      account_id: row.accountId,
      author_name: row.authorName,
      author_office: row.authorOffice,
      body: row.body,
      at: row.at,
    })
    .execute();
}

export type NewTask = { id: string; associationId: number; applicationId: string; personId: string; kind: 'rejectedAbove'; at: Date };

/** A thing for another office to decide; written once per case and kind. */
export async function insertTask(tx: WriteTransaction, task: NewTask): Promise<void> {
  await tx
    .insertInto('office_task')
    .values({
      id: task.id,
      association_id: task.associationId,
      application_id: task.applicationId,
      person_id: task.personId,
      kind: task.kind,
      created_at: task.at,
    })
    .execute();
}

export type MemoRow = {
  id: string;
  applicationId: string;
  associationId: number;
  accountId: string;
  authorName: string;
  authorOffice: string;
  ownOfficeOnly: boolean;
  body: string;
  at: Date;
};

/** Adds a 事務局メモ of one office (insert only). */
export async function insertMemo(tx: WriteTransaction, row: MemoRow): Promise<void> {
  await tx
    .insertInto('office_memo')
    .values({
      id: row.id,
      application_id: row.applicationId,
      association_id: row.associationId,
      account_id: row.accountId,
      author_name: row.authorName,
      author_office: row.authorOffice,
      own_office_only: row.ownOfficeOnly,
      body: row.body,
      at: row.at,
    })
    .execute();
}
