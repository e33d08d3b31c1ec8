import type { Day } from '#kernel/day.ts';
import { foldName } from '#kernel/fold-name.ts';
import { textInput } from '#kernel/input.ts';
import { refuse } from '#kernel/refusal.ts';
import { query } from '#platform/command/query.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { z } from 'zod';
import { joinableKind, under } from '../labels.ts';
import type { AssociationRow } from '../store.server.ts';
import { listOfPrefecture } from '../store.server.ts';

/** One association at which a membership may begin, and the association it lies under when that is not the prefecture. */
export type Joinable = { id: number; name: string; note: string };

function noteOf(row: AssociationRow, parent: AssociationRow | undefined): string {
  const kind = joinableKind(row.kind, row.layer);
  return parent === undefined ? kind : under(parent.name, kind);
}

/**
 * The leaves of a prefecture's tree, narrowed by part of their own name or kana or of the name above them: who looks for
 * 横浜市 finds its wards, because one does not join 横浜市医師会 itself (`rules.md 1.1`).
 */
export async function joinableLeaves(tx: ReadTransaction, prefectureCode: string, ask: { name: string; on: Day }): Promise<Joinable[]> {
  const rows = await listOfPrefecture(tx, prefectureCode, { nameFold: '', on: ask.on });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const parents = new Set(rows.map((row) => row.parentId));
  const fold = foldName(ask.name);
  const fits = (row: AssociationRow | undefined) =>
    row !== undefined && (foldName(row.name).includes(fold) || foldName(row.kana).includes(fold));
  return rows
    .filter((row) => !parents.has(row.id))
    .map((row) => ({ row, parent: row.parentId === null ? undefined : byId.get(row.parentId) }))
    .filter(({ row, parent }) => fits(row) || fits(parent))
    .map(({ row, parent }) => ({ id: row.id, name: row.name, note: noteOf(row, parent) }));
}

const mostSuggestions = 20;

/** Suggestions while one types the name of an association (`screens.md D-08`). */
export const joinableSearch = query({
  name: 'association.joinable',
  input: z.object({ prefecture: z.string().regex(/^\d{2}$/), q: textInput('医師会', { max: 60 }) }),
  allow: (ctx) => (ctx.actor.kind === 'guest' ? refuse('unauthenticated') : true),
  read: async (tx, input, ctx) =>
    foldName(input.q) === ''
      ? []
      : (await joinableLeaves(tx, input.prefecture, { name: input.q, on: ctx.today })).slice(0, mostSuggestions),
  audit: 'nothing',
});
