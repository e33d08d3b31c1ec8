import { createHash, randomBytes } from 'node:crypto';
import { newId } from '#kernel/id.ts';
import type { Client } from 'pg';

/** People who are logged in, written as an owner: the proofs are not about signing in. */

export type Login = { accountId: string; cookie: string };
export type StaffLogin = Login & { staffId: string; associationId: number | null };

/** A hash as any other, of random bytes that were thrown away. */
const nobodysPassword = '$argon2id$v=19$m=1024,t=1,p=1$26eQUuMLYgRvVlQP0kl3CA$pK/HbqsHP/fJnny0HwviSP711vjpOoEaOS/3aZNk2lI';

let count = 0;

async function account(owner: Client, kind: 'doctor' | 'staff', displayName: string): Promise<string> {
  const id = newId();
  count += 1;
  await owner.query('INSERT INTO account (id, login_id, password_hash, kind, display_name) VALUES ($1, $2, $3, $4, $5)', [
    id,
    `proof-${count}-${id}`,
    nobodysPassword,
    kind,
    displayName,
  ]);
  return id;
}

/** A running session of an account, for `hours`. */
export async function session(owner: Client, accountId: string, more: { staffId?: string; hours?: number } = {}): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await owner.query(
    `INSERT INTO session (token_hash, account_id, staff_id, expires_at) VALUES ($1, $2, $3, now() + make_interval(hours => $4))`,
    [createHash('sha256').update(token).digest(), accountId, more.staffId ?? null, more.hours ?? 10],
  );
  return `mamis=${token}`;
}

export type StaffSpec = {
  associationId: number | null;
  role?: 'admin' | 'clerk' | 'trainingContractor';
  name?: readonly [string, string];
  state?: 'active' | 'stopped';
  validUntil?: string;
};

/** A staff member with a session; `associationId` null is the operations office. */
export async function staffLogin(owner: Client, spec: StaffSpec): Promise<StaffLogin> {
  const [surname, givenName] = spec.name ?? ['事務局', '花子'];
  const accountId = await account(owner, 'staff', `${surname} ${givenName}`);
  const staffId = newId();
  await owner.query(
    `INSERT INTO staff_member (id, account_id, association_id, office_kind, role, surname, given_name, surname_kana, given_name_kana, state, valid_until)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 'ジムキョク', 'ハナコ', $8, $9)`,
    [
      staffId,
      accountId,
      spec.associationId,
      spec.associationId === null ? 'operations' : 'association',
      spec.role ?? 'clerk',
      surname,
      givenName,
      spec.state ?? 'active',
      spec.validUntil ?? '2099-03-31',
    ],
  );
  return { accountId, staffId, associationId: spec.associationId, cookie: await session(owner, accountId, { staffId }) };
}

/** Gives a registered doctor an account and a session. */
export async function doctorLogin(owner: Client, personId: string, displayName = '日医 太郎'): Promise<Login> {
  const accountId = await account(owner, 'doctor', displayName);
  await owner.query('UPDATE person SET account_id = $2 WHERE id = $1', [personId, accountId]);
  return { accountId, cookie: await session(owner, accountId) };
}
