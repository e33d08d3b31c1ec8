import type { Day } from '#kernel/day.ts';
import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type { Profile, ProfileDraft } from './schema.ts';
import { profileDraftInput, shownChanges, type ShownChange } from './schema.ts';
import { columnsOf } from './store.server.ts';

/** SQL of a profile that is changed (`screens.md A-10, D-03, O-09`): the person, the history, what is being typed. */

/** Writes the profile anew; number and day of registration have their own history. */
export async function updateProfile(tx: WriteTransaction, personId: string, change: { profile: Profile; at: Date }): Promise<void> {
  await tx
    .updateTable('person')
    .set(({ eb }) => ({ ...columnsOf(change.profile), version: eb('version', '+', 1), updated_at: change.at }))
    .where('id', '=', personId)
    .execute();
}

/** Another number or day of registration, which no office has seen yet; one that is another's becomes a claim in silence. */
export async function changeUnseenLicence(
  tx: WriteTransaction,
  licence: { personId: string; number: string; licensedOn: Day; claimId: string; at: Date },
): Promise<void> {
  const { personId, number, licensedOn, claimId, at } = licence;
  await sql`SELECT change_unseen_licence(${personId}::uuid, ${number}, ${licensedOn}::date, ${claimId}::uuid, ${at}::timestamptz)`.execute(
    tx,
  );
}

/** The login of a person who had none. */
export async function linkAccount(tx: WriteTransaction, personId: string, accountId: string): Promise<void> {
  await tx.updateTable('person').set({ account_id: accountId }).where('id', '=', personId).where('account_id', 'is', null).execute();
}

/** 送付物の宛名に旧姓・旧名を使用する, where nothing else is changed (`screens.md D-04`). */
export async function updateUseFormerName(tx: WriteTransaction, personId: string, change: { use: boolean; at: Date }): Promise<void> {
  await tx
    .updateTable('person')
    .set(({ eb }) => ({ use_former_name: change.use, version: eb('version', '+', 1), updated_at: change.at }))
    .where('id', '=', personId)
    .execute();
}

/** By whose wish an office changes a profile, and when he asked (`screens.md O-09`). */
export type Asked = { ground: string; on: Day };

export type NewProfileChange = {
  id: string;
  personId: string;
  at: Date;
  source: 'self' | 'firstLogin' | 'office';
  by: string;
  associationId: number | null;
  blocks: readonly string[];
  changes: readonly ShownChange[];
  asked: Asked | undefined;
};

/** Notes who changed what. */
export async function insertProfileChange(tx: WriteTransaction, change: NewProfileChange): Promise<void> {
  await tx
    .insertInto('profile_change')
    .values({
      id: change.id,
      person_id: change.personId,
      changed_at: change.at,
      source: change.source,
      changed_by: change.by,
      association_id: change.associationId,
      blocks: [...change.blocks],
      changes: JSON.stringify(change.changes),
      ground: change.asked?.ground ?? null,
      asked_on: change.asked?.on ?? null,
    })
    .execute();
}

function changes(tx: ReadTransaction) {
  return tx
    .selectFrom('profile_change as c')
    .select([
      'c.id',
      'c.person_id as personId',
      'c.changed_at as at',
      'c.source',
      'c.changed_by as by',
      'c.association_id as associationId',
      'c.blocks',
      'c.changes',
      'c.ground',
      'c.asked_on as askedOn',
    ]);
}

type ChangeRow = NonNullable<Awaited<ReturnType<ReturnType<typeof changes>['executeTakeFirst']>>>;
export type ProfileChange = Omit<ChangeRow, 'changes'> & { changes: ShownChange[] };

function typed(row: ChangeRow | undefined): ProfileChange | undefined {
  return row === undefined ? undefined : { ...row, changes: shownChanges.parse(row.changes) };
}

/** One change, when the actor may see its person. */
export async function findProfileChange(tx: ReadTransaction, id: string): Promise<ProfileChange | undefined> {
  return typed(await changes(tx).where('c.id', '=', id).executeTakeFirst());
}

/** The newest change of a person. */
export async function findLastChange(tx: ReadTransaction, personId: string): Promise<ProfileChange | undefined> {
  const found = changes(tx).where('c.person_id', '=', personId).orderBy('c.changed_at', 'desc').orderBy('c.id').limit(1);
  return typed(await found.executeTakeFirst());
}

/** Changes of a person, newest first, after one of them. */
export async function listChanges(tx: ReadTransaction, personId: string, page: { after: string; limit: number }): Promise<ProfileChange[]> {
  const place =
    page.after === ''
      ? sql<boolean>`true`
      : sql<boolean>`EXISTS (SELECT FROM profile_change k WHERE k.id = ${page.after}::uuid
          AND (c.changed_at < k.changed_at OR (c.changed_at = k.changed_at AND c.id < k.id)))`;
  const found = changes(tx)
    .where('c.person_id', '=', personId)
    .where(place)
    .orderBy('c.changed_at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(page.limit);
  return (await found.execute()).map((row) => ({ ...row, changes: shownChanges.parse(row.changes) }));
}

/** Some changes by their numbers, when the actor may see their persons. */
export async function listChangesById(tx: ReadTransaction, ids: readonly string[]): Promise<ProfileChange[]> {
  if (ids.length === 0) return [];
  const found = await changes(tx).where('c.id', 'in', ids).execute();
  return found.map((row) => ({ ...row, changes: shownChanges.parse(row.changes) }));
}

/** When each block was changed last. */
export async function listBlockDays(tx: ReadTransaction, personId: string): Promise<{ block: string; at: Date }[]> {
  const rows = await sql<{ block: string; at: Date }>`
    SELECT b AS block, max(changed_at) AS at FROM profile_change, unnest(blocks) AS b WHERE person_id = ${personId}::uuid GROUP BY b`.execute(
    tx,
  );
  return rows.rows;
}

export type KeptDraft = { draft: ProfileDraft; version: number };

/** What an account has typed about a person since an instant. */
export async function findDraft(
  tx: ReadTransaction,
  key: { accountId: string; personId: string; since: Date },
): Promise<KeptDraft | undefined> {
  const row = await tx
    .selectFrom('profile_draft')
    .select(['draft', 'version'])
    .where('account_id', '=', key.accountId)
    .where('person_id', '=', key.personId)
    .where('saved_at', '>', key.since)
    .executeTakeFirst();
  return row === undefined ? undefined : { draft: profileDraftInput.parse(row.draft), version: row.version };
}

/** Keeps what is being typed; one for each account and person. */
export async function putDraft(
  tx: WriteTransaction,
  key: { accountId: string; personId: string },
  kept: KeptDraft & { at: Date },
): Promise<void> {
  const values = { draft: JSON.stringify(kept.draft), version: kept.version, saved_at: kept.at };
  await tx
    .insertInto('profile_draft')
    .values({ account_id: key.accountId, person_id: key.personId, ...values })
    .onConflict((conflict) => conflict.columns(['account_id', 'person_id']).doUpdateSet(values))
    .execute();
}

/** Forgets what was being typed. */
export async function removeDraft(tx: WriteTransaction, key: { accountId: string; personId: string }): Promise<void> {
  await tx.deleteFrom('profile_draft').where('account_id', '=', key.accountId).where('person_id', '=', key.personId).execute();
}
