import { createHash } from 'node:crypto';
import { newId } from '#kernel/id.ts';
import { hashToken, newToken } from '#platform/session/token.ts';
import type { Client } from 'pg';

/** Who asks in a measurement: one clerk at each office, with open sessions; made by the owner, because nobody logs in 976 times. */

export type Clerk = { associationId: number; accountId: string; headers: Readonly<Record<string, string>> };

const columns = 'id, login_id, password_hash, kind, display_name';

function accountIdOf(associationId: number): string {
  const hex = createHash('sha256').update(`bench ${associationId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** One clerk for every association; earlier sessions of measurements end. */
export async function openSessions(client: Client): Promise<Map<number, Clerk>> {
  const { rows } = await client.query<{ id: number }>('SELECT id FROM association');
  await client.query(`DELETE FROM session WHERE user_agent = 'bench'`);
  const clerks = new Map<number, Clerk>();
  for (const { id } of rows) {
    const token = newToken();
    const accountId = accountIdOf(id);
    await client.query(`INSERT INTO account (${columns}) VALUES ($1, $2, '$argon2id$none', 'staff', '測定 係') ON CONFLICT DO NOTHING`, [
      accountId,
      `bench-${String(id).padStart(5, '0')}`,
    ]);
    await client.query(
      `INSERT INTO staff_member (id, account_id, association_id, office_kind, role, surname, given_name, surname_kana, given_name_kana, valid_until)
       VALUES ($1, $2, $3, 'association', 'admin', '測定', '係', 'ソクテイ', 'カカリ', current_date + 3650) ON CONFLICT DO NOTHING`,
      [newId(), accountId, id],
    );
    await client.query(
      `INSERT INTO session (token_hash, account_id, staff_id, expires_at, user_agent)
       SELECT $1, $2, s.id, now() + interval '12 hours', 'bench' FROM staff_member s WHERE s.account_id = $2`,
      [hashToken(token), accountId],
    );
    clerks.set(id, { associationId: id, accountId, headers: { Authorization: `Bearer ${token}` } });
  }
  return clerks;
}
