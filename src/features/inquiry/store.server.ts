import type { DB } from '#platform/db/schema.gen.ts';
import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { DeskSection, InquiryKind } from './fields.ts';
import { deskKinds, deskSections } from './fields.ts';
import type { InquiryState } from './flow.ts';
import { inquiryFlow } from './flow.ts';
import type { InquiryTarget } from './policy.ts';
import type { Desk } from './rules.ts';
import { jmaDesk, officeDesk, operationsDesk } from './rules.ts';

/** SQL of one お問合せ and its thread; lists have a store of their own. Row-level security limits what is found. */

export type Asker = 'doctor' | 'office' | 'contractor' | 'guest' | 'system';

export type Inquiry = InquiryTarget & {
  id: string;
  number: string;
  kind: InquiryKind;
  subject: string;
  askerName: string;
  askerKana: string;
  askerMail: string;
  associationId: number | null;
  applicationId: string | null;
  applicationNumber: string | null;
  askedAt: Date;
  changedAt: Date;
  dueOn: Day;
  version: number;
};

function unknown(text: string): never {
  throw new RangeError(`unknown code of an inquiry: ${text}`);
}

function sectionOf(text: string | null): DeskSection {
  return deskSections.find((one) => one === text) ?? unknown(String(text));
}

export type DeskColumns = { desk: string; associationId: number | null; section: string | null };

/** A desk as it is stored. @throws when it is none */
export function deskOf({ desk, associationId, section }: DeskColumns): Desk {
  if (desk === 'operations') return operationsDesk;
  if (desk === 'jma') return jmaDesk(sectionOf(section));
  return associationId === null ? unknown(desk) : officeDesk(associationId);
}

function stateOf(text: string): InquiryState {
  return inquiryFlow.isState(text) ? text : unknown(text);
}

/** A row as the feature knows it. */
export function typed(row: Selectable<DB['inquiry']>): Inquiry {
  return {
    id: row.id,
    number: row.number,
    kind: deskKinds.find((one) => one === row.kind) ?? unknown(row.kind),
    subject: row.subject,
    state: stateOf(row.state),
    asker: row.asker,
    personId: row.person_id,
    askerAssociationId: row.asker_association_id,
    accountId: row.account_id,
    askerName: row.asker_name,
    askerKana: row.asker_kana,
    askerMail: row.asker_mail,
    associationId: row.association_id,
    applicationId: row.application_id,
    applicationNumber: row.application_number,
    at: deskOf({ desk: row.desk, associationId: row.desk_association_id, section: row.desk_section }),
    askedAt: row.asked_at,
    changedAt: row.changed_at,
    dueOn: row.due_on,
    version: row.version,
    deskIds: row.desk_ids,
    seenByOperations: row.seen_by_operations,
  };
}

/** One inquiry in scope of the actor. */
export async function findInquiry(tx: ReadTransaction, id: string): Promise<Inquiry | undefined> {
  const row = await tx.selectFrom('inquiry').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : typed(row);
}

export type MessageRow = { id: string; byDesk: boolean; authorName: string; authorOffice: string; body: string; at: Date };

/** The thread, oldest first. */
export async function listMessages(tx: ReadTransaction, inquiryId: string): Promise<MessageRow[]> {
  return await tx
    .selectFrom('inquiry_message')
    .select(['id', 'by_desk as byDesk', 'author_name as authorName', 'author_office as authorOffice', 'body', 'at'])
    .where('inquiry_id', '=', inquiryId)
    .orderBy('at')
    .orderBy('id')
    .limit(500)
    .execute();
}

export type FileRow = { id: string; messageId: string; fileName: string; mediaType: string; size: number; erased: boolean };

/** Files of the thread. */
export async function listFiles(tx: ReadTransaction, inquiryId: string): Promise<FileRow[]> {
  return await tx
    .selectFrom('inquiry_file as q')
    .innerJoin('stored_file as f', 'f.id', 'q.file_id')
    .select(['f.id', 'q.message_id as messageId', 'f.name as fileName', 'f.media_type as mediaType', 'f.size'])
    .select(sql<boolean>`f.erased_at IS NOT NULL`.as('erased'))
    .where('q.inquiry_id', '=', inquiryId)
    .orderBy('f.name')
    .orderBy('f.id')
    .limit(500)
    .execute();
}

export type PassRow = { id: string; from: Desk; to: Desk; reason: string; by: string; at: Date };

/** Who passed it on to whom, oldest first; nothing for who asked. */
export async function listPasses(tx: ReadTransaction, inquiryId: string): Promise<PassRow[]> {
  const rows = await tx
    .selectFrom('inquiry_pass')
    .selectAll()
    .where('inquiry_id', '=', inquiryId)
    .orderBy('at')
    .orderBy('id')
    .limit(100)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    from: deskOf({ desk: row.from_desk, associationId: row.from_association_id, section: row.from_section }),
    to: deskOf({ desk: row.to_desk, associationId: row.to_association_id, section: row.to_section }),
    reason: row.reason,
    by: row.passed_by,
    at: row.at,
  }));
}

export type NewInquiry = {
  id: string;
  kind: InquiryKind;
  subject: string;
  state: InquiryState;
  asker: Asker;
  personId: string | null;
  askerAssociationId: number | null;
  accountId: string | null;
  askerName: string;
  askerKana: string;
  askerMail: string;
  associationId: number | null;
  application: { id: string; number: string } | undefined;
  desk: Desk;
  at: Date;
  dueOn: Day;
};

/** Writes an inquiry; the database gives the number. */
export async function insertInquiry(tx: WriteTransaction, row: NewInquiry): Promise<string> {
  const { number } = await tx
    .insertInto('inquiry')
    .values({
      id: row.id,
      kind: row.kind,
      subject: row.subject,
      state: row.state,
      asker: row.asker,
      person_id: row.personId,
      asker_association_id: row.askerAssociationId,
      account_id: row.accountId,
      asker_name: row.askerName,
      asker_kana: row.askerKana,
      asker_mail: row.askerMail,
      association_id: row.associationId,
      application_id: row.application?.id ?? null,
      application_number: row.application?.number ?? null,
      desk: row.desk.desk,
      desk_association_id: row.desk.associationId,
      desk_section: row.desk.section,
      asked_at: row.at,
      changed_at: row.at,
      due_on: row.dueOn,
    })
    .returning('number')
    .executeTakeFirstOrThrow();
  return number;
}

export type NewMessage = {
  id: string;
  inquiryId: string;
  byDesk: boolean;
  accountId: string | null;
  authorName: string;
  authorOffice: string;
  body: string;
  at: Date;
};

/** Adds to the thread (insert only). */
export async function insertMessage(tx: WriteTransaction, row: NewMessage): Promise<void> {
  await tx
    .insertInto('inquiry_message')
    .values({
      id: row.id,
      inquiry_id: row.inquiryId,
      by_desk: row.byDesk,
      account_id: row.accountId,
      author_name: row.authorName,
      author_office: row.authorOffice,
      body: row.body,
      at: row.at,
    })
    .execute();
}

export type Change = { state: InquiryState; desk?: Desk; dueOn?: Day };

/** Moves an inquiry on, guarded by the version that was seen; false when somebody was faster. */
export async function updateInquiry(
  tx: WriteTransaction,
  at: { id: string; version: number; now: Date },
  { state, desk, dueOn }: Change,
): Promise<boolean> {
  const done = await tx
    .updateTable('inquiry')
    .set((expression) => ({
      state,
      changed_at: at.now,
      version: expression('version', '+', 1),
      ...(desk === undefined ? {} : { desk: desk.desk, desk_association_id: desk.associationId, desk_section: desk.section }),
      ...(dueOn === undefined ? {} : { due_on: dueOn }),
    }))
    .where('id', '=', at.id)
    .where('version', '=', at.version)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export type NewPass = { id: string; inquiryId: string; from: Desk; to: Desk; reason: string; accountId: string; by: string; at: Date };

/** Keeps who passed it on (insert only). */
export async function insertPass(tx: WriteTransaction, row: NewPass): Promise<void> {
  await tx
    .insertInto('inquiry_pass')
    .values({
      id: row.id,
      inquiry_id: row.inquiryId,
      from_desk: row.from.desk,
      from_association_id: row.from.associationId,
      from_section: row.from.section,
      to_desk: row.to.desk,
      to_association_id: row.to.associationId,
      to_section: row.to.section,
      reason: row.reason,
      account_id: row.accountId,
      passed_by: row.by,
      at: row.at,
    })
    .execute();
}

/** The office that has the case of an inquiry now, for a desk that need not see the case itself. */
export async function findHolder(tx: ReadTransaction, inquiryId: string): Promise<number | undefined> {
  const { rows } = await sql<{ holder: number | null }>`SELECT inquiry_holder(${inquiryId}::uuid) AS holder`.execute(tx);
  return rows[0]?.holder ?? undefined;
}
