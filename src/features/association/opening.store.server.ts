import type { ReadTransaction, WriteTransaction } from '#platform/db/transaction.ts';
import { sql } from 'kysely';
import type { OpeningState } from './flow.ts';
import { firstOpeningState, openingFlow } from './flow.ts';
import { isAssociationKind } from './master-fields.ts';
import type { Opening } from './opening-sheet.ts';

/** SQL of the new associations of a file (`screens.md J-02`): they wait here until the second person opens them. */

export type KeptOpening = Opening & { id: string; batchId: string; state: OpeningState };

/** Writes a file's new associations, which wait for their second person together. */
export async function insertOpenings(
  tx: WriteTransaction,
  batch: { id: string; proposedBy: string },
  rows: readonly (Opening & { id: string })[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .insertInto('association_opening')
    .values(
      rows.map((row) => ({
        id: row.id,
        batch_id: batch.id,
        code: row.code,
        layer: row.layer,
        kind: row.kind,
        prefecture_code: row.prefectureCode,
        name: row.name,
        kana: row.kana,
        parent_code: row.parentCode,
        opens_on: row.opensOn,
        surname: row.surname,
        given_name: row.givenName,
        surname_kana: row.surnameKana,
        given_name_kana: row.givenNameKana,
        mail: row.mail,
        state: firstOpeningState,
        proposed_by: batch.proposedBy,
      })),
    )
    .execute();
}

/** The new associations of a file, upper layers first, so that each finds who stands above it. */
export async function listOpenings(tx: ReadTransaction, batchId: string): Promise<KeptOpening[]> {
  const rows = await tx
    .selectFrom('association_opening')
    .select([
      'id',
      'batch_id as batchId',
      'code',
      'layer',
      'kind',
      'prefecture_code as prefectureCode',
      'name',
      'kana',
      'parent_code as parentCode',
      'opens_on as opensOn',
      'surname',
      'given_name as givenName',
      'surname_kana as surnameKana',
      'given_name_kana as givenNameKana',
      'mail',
      'state',
    ])
    .where('batch_id', '=', batchId)
    .orderBy('layer')
    .orderBy('code')
    .execute();
  return rows.map(({ kind, state, ...row }) => {
    if (!isAssociationKind(kind) || !openingFlow.isState(state)) throw new RangeError(`unknown opening: ${kind} ${state}`);
    return { ...row, kind, state };
  });
}

/** Of these codes those that wait in another file. */
export async function listWaitingCodes(tx: ReadTransaction, codes: readonly string[]): Promise<Set<string>> {
  if (codes.length === 0) return new Set();
  const rows = await tx
    .selectFrom('association_opening')
    .select('code')
    .where('state', '=', firstOpeningState)
    .where('code', '=', sql<string>`ANY (${sql.val([...codes])}::text[])`)
    .execute();
  return new Set(rows.map((row) => row.code));
}

/** Moves them on; of those that are taken back nobody's name and address stays. */
export async function moveOpenings(
  tx: WriteTransaction,
  ids: readonly string[],
  to: { state: OpeningState; by: string; at: Date; forget: boolean },
): Promise<void> {
  const nobody = { surname: '', given_name: '', surname_kana: '', given_name_kana: '', mail: '' };
  await tx
    .updateTable('association_opening')
    .set({ state: to.state, settled_name: to.by, settled_at: to.at, ...(to.forget ? nobody : {}) })
    .where('id', '=', sql<string>`ANY (${sql.val([...ids])}::uuid[])`)
    .execute();
}
