import type { Day } from '#kernel/day.ts';
import type { DB } from '#platform/db/schema.gen.ts';
import type { PageAsk } from '#kernel/paging.ts';
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

type Ordered = { place: PageAsk; newestFirst: boolean };

/** What narrows and orders a page of certificates (`c`): one row more than its size; read backwards where a row after it is named. */
async function pageSql(tx: ReadTransaction, { place: { size, before, after }, newestFirst }: Ordered) {
  const backwards = before !== '';
  const id = backwards ? before : after;
  const down = newestFirst !== backwards;
  const from =
    id === '' ? undefined : await tx.selectFrom('membership_certificate').select('applied_at').where('id', '=', id).executeTakeFirst();
  const beyond = down ? sql`<` : sql`>`;
  return {
    where: from === undefined ? sql<boolean>`true` : sql<boolean>`(c.applied_at, c.id) ${beyond} (${from.applied_at}, ${id}::uuid)`,
    way: down ? ('desc' as const) : ('asc' as const),
    limit: size + 1,
    inOrder: <Row>(rows: Row[]) => (backwards ? rows.toReversed() : rows),
  };
}

export type Listed<Row> = { found: Row[]; count: number };

const counting = sql<number>`count(*)::int`.as('count');

/** A page of one person's certificates, newest first, and how many there are; of one association only when asked. */
export async function listOfPerson(
  tx: ReadTransaction,
  { personId, associationId, place }: { personId: string; associationId?: number; place: PageAsk },
): Promise<Listed<Certificate>> {
  const page = await pageSql(tx, { place, newestFirst: true });
  let all = tx.selectFrom('membership_certificate as c').where('c.person_id', '=', personId);
  if (associationId !== undefined) all = all.where('c.association_id', '=', associationId);
  const rows = all.selectAll('c').where(page.where).orderBy('c.applied_at', page.way).orderBy('c.id', page.way).limit(page.limit);
  const { count } = await all.select(counting).executeTakeFirstOrThrow();
  return { found: page.inOrder((await rows.execute()).map(typed)), count };
}

export type OfficeLine = Certificate & { name: string; kana: string };

/** A page of an association's certificates, those that wait, oldest first, or all, newest first; and how many there are. */
export async function listOfOffice(
  tx: ReadTransaction,
  { associationId, waiting, place }: { associationId: number; waiting: boolean; place: PageAsk },
): Promise<Listed<OfficeLine>> {
  const page = await pageSql(tx, { place, newestFirst: !waiting });
  let all = tx.selectFrom('membership_certificate as c').where('c.association_id', '=', associationId);
  if (waiting) all = all.where('c.state', '=', 'requested');
  const rows = await all
    .innerJoin('person as p', 'p.id', 'c.person_id')
    .selectAll('c')
    .select(['p.surname', 'p.given_name', 'p.surname_kana', 'p.given_name_kana'])
    .where(page.where)
    .orderBy('c.applied_at', page.way)
    .orderBy('c.id', page.way)
    .limit(page.limit)
    .execute();
  const { count } = await all.select(counting).executeTakeFirstOrThrow();
  const found = rows.map((row) => ({
    ...typed(row),
    name: `${row.surname} ${row.given_name}`,
    kana: `${row.surname_kana} ${row.given_name_kana}`,
  }));
  return { found: page.inOrder(found), count };
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
