import type { StaffRole } from '#kernel/actor.ts';
import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';

/** SQL of invitations (`screens.md O-17, A-13`). The raw link stands in the mail only; here is its hash. */

export type Invitation = {
  id: string;
  associationId: number;
  role: StaffRole;
  surname: string;
  givenName: string;
  surnameKana: string;
  givenNameKana: string;
  mail: string;
  validUntil: Day;
  invitedBy: string;
  invitedByName: string;
  round: number;
  sentRound: number;
  expiresAt: Date | null;
  outcome: string | null;
  version: number;
};

const columns = sql`i.id, i.association_id AS "associationId", i.role, i.surname, i.given_name AS "givenName", i.surname_kana AS "surnameKana",
  i.given_name_kana AS "givenNameKana", i.mail, i.valid_until AS "validUntil", i.invited_by AS "invitedBy", i.invited_by_name AS "invitedByName",
  i.round, i.sent_round AS "sentRound", i.expires_at AS "expiresAt", i.outcome, i.version`;

async function find(tx: ReadTransaction, condition: RawBuilder<unknown>): Promise<Invitation | undefined> {
  const found = await sql<Invitation>`SELECT ${columns} FROM staff_invitation i WHERE ${condition}`.execute(tx);
  return found.rows[0];
}

/** An invitation by its id. */
export async function findInvitation(tx: ReadTransaction, id: string): Promise<Invitation | undefined> {
  return await find(tx, sql`i.id = ${id}::uuid`);
}

/** The invitation of a link. System only. */
export async function findByToken(tx: ReadTransaction, tokenHash: Buffer): Promise<Invitation | undefined> {
  return await find(tx, sql`i.token_hash = ${tokenHash}`);
}

/** True when somebody with this address is invited by the office and has not answered. */
export async function isInvited(tx: ReadTransaction, associationId: number, mail: string): Promise<boolean> {
  const found = await find(tx, sql`i.association_id = ${associationId} AND i.outcome IS NULL AND lower(i.mail) = lower(${mail})`);
  return found !== undefined;
}

/** Invitations to an association that wait for their answer. */
export async function listOpenInvitations(tx: ReadTransaction, associationId: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('staff_invitation')
    .select('id')
    .where('association_id', '=', associationId)
    .where('outcome', 'is', null)
    .execute();
  return rows.map((row) => row.id);
}

export type NewInvitation = Omit<Invitation, 'round' | 'sentRound' | 'expiresAt' | 'outcome' | 'version'> & { at: Date };

/** Writes a new invitation; its link comes with the mail. */
export async function insertInvitation(tx: WriteTransaction, one: NewInvitation): Promise<void> {
  await tx
    .insertInto('staff_invitation')
    .values({
      id: one.id,
      association_id: one.associationId,
      role: one.role,
      surname: one.surname,
      given_name: one.givenName,
      surname_kana: one.surnameKana,
      given_name_kana: one.givenNameKana,
      mail: one.mail,
      valid_until: one.validUntil,
      invited_by: one.invitedBy,
      invited_by_name: one.invitedByName,
      created_at: one.at,
    })
    .execute();
}

/** 招待を再送する: asks for another mail; the link of the one before ends at once. */
export async function askAgain(tx: WriteTransaction, id: string): Promise<void> {
  await sql`UPDATE staff_invitation SET round = round + 1, token_hash = NULL, expires_at = NULL, version = version + 1
    WHERE id = ${id}::uuid`.execute(tx);
}

/** Keeps the hash of the link that goes out with the mail of a round. */
export async function keepLink(
  tx: WriteTransaction,
  id: string,
  link: { tokenHash: Buffer; expiresAt: Date; round: number },
): Promise<void> {
  await tx
    .updateTable('staff_invitation')
    .set({ token_hash: link.tokenHash, expires_at: link.expiresAt, sent_round: link.round })
    .where('id', '=', id)
    .execute();
}

/** Ends an invitation; with the staff member that came of it, if one did. */
export async function closeInvitation(
  tx: WriteTransaction,
  id: string,
  end: { outcome: 'accepted' | 'declined' | 'withdrawn'; at: Date; staffId?: string },
): Promise<void> {
  await tx
    .updateTable('staff_invitation')
    .set({
      outcome: end.outcome,
      closed_at: end.at,
      token_hash: null,
      expires_at: null,
      staff_id: end.staffId ?? null,
      agreed_at: end.staffId === undefined ? null : end.at,
      version: sql<number>`version + 1`,
    })
    .where('id', '=', id)
    .execute();
}
