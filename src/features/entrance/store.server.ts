import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import type { Day } from '#kernel/day.ts';
import { sql } from 'kysely';
import { profileDraftInput, type ProfileDraft } from '#features/person/schema.ts';
import type { Agreed } from './schema.ts';

/** SQL of registrations on their way and of the texts people agree to. Everything here is seen by the system only. */

export type Terms = { kind: string; version: number; effectiveOn: Day; body: string };

/** The versions in force on a day, one of each kind. */
export async function listTerms(tx: ReadTransaction, on: Day): Promise<Terms[]> {
  return await tx
    .selectFrom('terms_version')
    .select(['kind', 'version', 'effective_on as effectiveOn', 'body'])
    .distinctOn('kind')
    .where('effective_on', '<=', on)
    .orderBy('kind')
    .orderBy('version', 'desc')
    .execute();
}

/** How many checks of an address have been asked for since an instant. */
export async function countChecks(tx: ReadTransaction, mail: string, since: Date): Promise<number> {
  const row = await tx
    .selectFrom('registration')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where(sql<boolean>`lower(mail) = lower(${mail})`)
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow();
  return row.n;
}

export type NewRegistration = {
  id: string;
  linkHash: Buffer;
  mail: string;
  accountId: string | null;
  agreed: Agreed;
  now: Date;
  expiresAt: Date;
};

/** Writes a registration whose address is still to be checked. */
export async function insertRegistration(tx: WriteTransaction, row: NewRegistration): Promise<void> {
  await tx
    .insertInto('registration')
    .values({
      id: row.id,
      link_hash: row.linkHash,
      mail: row.mail,
      account_id: row.accountId,
      terms_version: row.agreed.terms,
      privacy_version: row.agreed.privacy,
      agreed_at: row.now,
      created_at: row.now,
      expires_at: row.expiresAt,
    })
    .execute();
}

const columns = [
  'id',
  'mail',
  'account_id as accountId',
  'terms_version as terms',
  'privacy_version as privacy',
  'agreed_at as agreedAt',
  'draft',
  'password_hash as passwordHash',
  'id_checks as idChecks',
  'created_at as createdAt',
  'expires_at as expiresAt',
  'opened_at as openedAt',
  'completed_at as completedAt',
] as const;

type Row = {
  id: string;
  mail: string;
  accountId: string | null;
  terms: number;
  privacy: number;
  agreedAt: Date;
  draft: unknown;
  passwordHash: string | null;
  idChecks: number;
  createdAt: Date;
  expiresAt: Date;
  openedAt: Date | null;
  completedAt: Date | null;
};

export type Registration = Omit<Row, 'draft'> & { draft: ProfileDraft };

function typed(row: Row | undefined): Registration | undefined {
  return row === undefined ? undefined : { ...row, draft: profileDraftInput.parse(row.draft) };
}

/** The registration of a link, whatever has become of it. */
export async function findByLink(tx: ReadTransaction, linkHash: Buffer): Promise<Registration | undefined> {
  return typed(await tx.selectFrom('registration').select(columns).where('link_hash', '=', linkHash).executeTakeFirst());
}

/** The registration that a browser goes on with. */
export async function findByBrowser(tx: ReadTransaction, browserHash: Buffer): Promise<Registration | undefined> {
  return typed(await tx.selectFrom('registration').select(columns).where('browser_hash', '=', browserHash).executeTakeFirst());
}

/** A registration by its id. */
export async function findById(tx: ReadTransaction, id: string): Promise<Registration | undefined> {
  return typed(await tx.selectFrom('registration').select(columns).where('id', '=', id).executeTakeFirst());
}

/** The link is used up; from here on the browser is known by its own word. */
export async function markOpened(tx: WriteTransaction, id: string, opened: { browserHash: Buffer; now: Date }): Promise<void> {
  await tx
    .updateTable('registration')
    .set({ browser_hash: opened.browserHash, opened_at: opened.now })
    .where('id', '=', id)
    .where('opened_at', 'is', null)
    .execute();
}

/** A link that was sent anew opens nothing any more. */
export async function killLink(tx: WriteTransaction, id: string, now: Date): Promise<void> {
  await tx.updateTable('registration').set({ expires_at: now }).where('id', '=', id).where('opened_at', 'is', null).execute();
}

/** Keeps what was typed; the password only as its hash. */
export async function saveDraft(
  tx: WriteTransaction,
  id: string,
  kept: { draft: ProfileDraft; passwordHash: string | null; idChecked: boolean },
): Promise<void> {
  await tx
    .updateTable('registration')
    .set(({ eb }) => ({
      draft: JSON.stringify(kept.draft),
      password_hash: kept.passwordHash,
      id_checks: eb('id_checks', '+', kept.idChecked ? 1 : 0),
    }))
    .where('id', '=', id)
    .execute();
}

/** The registration is done: what was typed is the account's now and is not kept twice. */
export async function markCompleted(tx: WriteTransaction, id: string, now: Date): Promise<void> {
  await tx.updateTable('registration').set({ draft: '{}', password_hash: null, completed_at: now }).where('id', '=', id).execute();
}

/** What a new account has agreed to. */
export async function insertConsents(tx: WriteTransaction, consent: { accountId: string; agreed: Agreed; at: Date }): Promise<void> {
  const { accountId, agreed, at } = consent;
  await tx
    .insertInto('terms_consent')
    .values([
      { account_id: accountId, kind: 'terms', version: agreed.terms, agreed_at: at },
      { account_id: accountId, kind: 'privacy', version: agreed.privacy, agreed_at: at },
    ])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The newest version of a text, in force or not yet. */
export async function findNewestTerms(tx: ReadTransaction, kind: string): Promise<{ version: number; effectiveOn: Day } | undefined> {
  return await tx
    .selectFrom('terms_version')
    .select(['version', 'effective_on as effectiveOn'])
    .where('kind', '=', kind)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
}

type NewTerms = {
  kind: string;
  version: number;
  effectiveOn: Day;
  agreeBy: Day | null;
  body: string;
  changes: string;
  at: Date;
};

/** Writes a version; it stays as it is for ever. */
export async function insertTerms(tx: WriteTransaction, terms: NewTerms): Promise<void> {
  await tx
    .insertInto('terms_version')
    .values({
      kind: terms.kind,
      version: terms.version,
      effective_on: terms.effectiveOn,
      agree_by: terms.agreeBy,
      body: terms.body,
      changes: terms.changes,
      published_at: terms.at,
    })
    .execute();
}
