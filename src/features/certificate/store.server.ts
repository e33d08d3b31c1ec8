import type { Day } from '#kernel/day.ts';
import type { DB } from '#platform/db/schema.gen.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { ContentCode } from './fields.ts';
import { contentCodes } from './fields.ts';
import type { CertificateState } from './flow.ts';
import { certificateFlow } from './flow.ts';
import type { Paper } from './schema.ts';
import { paperShape } from './schema.ts';

/** SQL of 在籍証明書; row-level security limits what is found to the doctor himself and the issuing association. */

export type Certificate = {
  id: string;
  personId: string;
  associationId: number;
  baseOn: Day;
  contents: ContentCode[];
  nameForm: 'current' | 'former';
  purpose: string;
  byOffice: boolean;
  ground: string | null;
  askedOn: Day | null;
  delivery: string;
  state: CertificateState;
  appliedAt: Date;
  answeredAt: Date | null;
  answerMessage: string;
  number: string | null;
  code: string | null;
  paper: Paper | null;
  issuedAt: Date | null;
  revokedAt: Date | null;
  revokedByOffice: boolean | null;
  revokeReason: string;
  checkCount: number;
  checkedAt: Date | null;
};

function stateOf(text: string): CertificateState {
  if (!certificateFlow.isState(text)) throw new RangeError(`unknown state of a certificate: ${text}`);
  return text;
}

function typed(row: Selectable<DB['membership_certificate']>): Certificate {
  return {
    id: row.id,
    personId: row.person_id,
    associationId: row.association_id,
    baseOn: row.base_on,
    contents: contentCodes.filter((code) => row.contents.includes(code)),
    nameForm: row.name_form === 'former' ? 'former' : 'current',
    purpose: row.purpose,
    byOffice: row.by_office,
    ground: row.ground,
    askedOn: row.asked_on,
    delivery: row.delivery,
    state: stateOf(row.state),
    appliedAt: row.applied_at,
    answeredAt: row.answered_at,
    answerMessage: row.answer_message,
    number: row.number,
    code: row.code,
    paper: row.paper === null ? null : paperShape.parse(row.paper),
    issuedAt: row.issued_at,
    revokedAt: row.revoked_at,
    revokedByOffice: row.revoked_by_office,
    revokeReason: row.revoke_reason,
    checkCount: row.check_count,
    checkedAt: row.checked_at,
  };
}

/** One certificate in scope of the actor. */
export async function findCertificate(tx: ReadTransaction, id: string): Promise<Certificate | undefined> {
  const row = await tx.selectFrom('membership_certificate').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : typed(row);
}

/** The certificate that carries a number. */
export async function findByNumber(tx: ReadTransaction, number: string): Promise<Certificate | undefined> {
  const row = await tx.selectFrom('membership_certificate').selectAll().where('number', '=', number).executeTakeFirst();
  return row === undefined ? undefined : typed(row);
}

type Place = { after: string; limit: number };

async function placeOf(tx: ReadTransaction, after: string): Promise<Date | undefined> {
  if (after === '') return undefined;
  const row = await tx.selectFrom('membership_certificate').select('applied_at').where('id', '=', after).executeTakeFirst();
  return row?.applied_at;
}

/** Certificates of one person, newest first, before one of them; of one association only when asked. */
export async function listOfPerson(tx: ReadTransaction, ask: Place & { personId: string; associationId?: number }): Promise<Certificate[]> {
  const from = await placeOf(tx, ask.after);
  let rows = tx.selectFrom('membership_certificate').selectAll().where('person_id', '=', ask.personId);
  if (ask.associationId !== undefined) rows = rows.where('association_id', '=', ask.associationId);
  if (from !== undefined) rows = rows.where(sql<boolean>`(applied_at, id) < (${from}, ${ask.after}::uuid)`);
  return (await rows.orderBy('applied_at', 'desc').orderBy('id', 'desc').limit(ask.limit).execute()).map(typed);
}

export type OfficeLine = Certificate & { name: string; kana: string };

/** Certificates of an association: those that wait, oldest first, or all, newest first. */
export async function listOfOffice(tx: ReadTransaction, ask: Place & { associationId: number; waiting: boolean }): Promise<OfficeLine[]> {
  const from = await placeOf(tx, ask.after);
  let rows = tx
    .selectFrom('membership_certificate as c')
    .innerJoin('person as p', 'p.id', 'c.person_id')
    .selectAll('c')
    .select(['p.surname', 'p.given_name', 'p.surname_kana', 'p.given_name_kana'])
    .where('c.association_id', '=', ask.associationId);
  if (ask.waiting) rows = rows.where('c.state', '=', 'requested');
  if (from !== undefined) {
    const beyond = ask.waiting ? sql`>` : sql`<`;
    rows = rows.where(sql<boolean>`(c.applied_at, c.id) ${beyond} (${from}, ${ask.after}::uuid)`);
  }
  const way = ask.waiting ? 'asc' : 'desc';
  const found = await rows.orderBy('c.applied_at', way).orderBy('c.id', way).limit(ask.limit).execute();
  return found.map((row) => ({
    ...typed(row),
    name: `${row.surname} ${row.given_name}`,
    kana: `${row.surname_kana} ${row.given_name_kana}`,
  }));
}

/** How many applications for a certificate wait for an association. */
export async function countWaitingAt(tx: ReadTransaction, associationId: number): Promise<number> {
  const row = await tx
    .selectFrom('membership_certificate')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('association_id', '=', associationId)
    .where('state', '=', 'requested')
    .executeTakeFirstOrThrow();
  return row.count;
}

export type NewCertificate = Pick<
  Certificate,
  'id' | 'personId' | 'associationId' | 'baseOn' | 'contents' | 'nameForm' | 'purpose' | 'byOffice' | 'ground' | 'askedOn' | 'delivery'
> & { appliedAt: Date };

/** The paper with its code; the number is given by the database. */
export type Issue = { paper: Paper; code: string; at: Date };

const nextNumber = sql<string>`'C-' || lpad(nextval('membership_certificate_number')::text, 10, '0')`;

function issueColumns({ paper, code, at }: Issue) {
  return { number: nextNumber, code, paper: JSON.stringify(paper), issued_at: at };
}

/** Writes a certificate: issued at once, or asked for. */
export async function insertCertificate(
  tx: WriteTransaction,
  row: NewCertificate & { state: CertificateState; issue: Issue | undefined },
): Promise<{ number: string | null }> {
  return await tx
    .insertInto('membership_certificate')
    .values({
      id: row.id,
      person_id: row.personId,
      association_id: row.associationId,
      base_on: row.baseOn,
      contents: row.contents,
      name_form: row.nameForm,
      purpose: row.purpose,
      by_office: row.byOffice,
      ground: row.ground,
      asked_on: row.askedOn,
      delivery: row.delivery,
      state: row.state,
      applied_at: row.appliedAt,
      ...(row.issue === undefined ? {} : issueColumns(row.issue)),
    })
    .returning('number')
    .executeTakeFirstOrThrow();
}

type At = { id: string; from: CertificateState; to: CertificateState };

/** The office issues what was asked for; its number. */
export async function issueRequested(tx: WriteTransaction, { id, from, to }: At, issue: Issue): Promise<string | null> {
  const row = await tx
    .updateTable('membership_certificate')
    .set({ state: to, answered_at: issue.at, ...issueColumns(issue) })
    .where('id', '=', id)
    .where('state', '=', from)
    .returning('number')
    .executeTakeFirstOrThrow();
  return row.number;
}

/** The office sends back what was asked for. */
export async function sendBack(tx: WriteTransaction, { id, from, to }: At, about: { message: string; at: Date }): Promise<void> {
  await tx
    .updateTable('membership_certificate')
    .set({ state: to, answered_at: about.at, answer_message: about.message })
    .where('id', '=', id)
    .where('state', '=', from)
    .execute();
}

/** Ends a certificate. */
export async function markRevoked(
  tx: WriteTransaction,
  { id, from, to }: At,
  about: { byOffice: boolean; reason: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('membership_certificate')
    .set({ state: to, revoked_at: about.at, revoked_by_office: about.byOffice, revoke_reason: about.reason })
    .where('id', '=', id)
    .where('state', '=', from)
    .execute();
}

/** Somebody has checked the paper. */
export async function countCheck(tx: WriteTransaction, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('membership_certificate')
    .set(({ eb }) => ({ check_count: eb('check_count', '+', 1), checked_at: at }))
    .where('id', '=', id)
    .execute();
}
