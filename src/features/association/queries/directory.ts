import type { Day } from '#kernel/day.ts';
import { foldName } from '#kernel/fold-name.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { AssociationSettings } from '../schema.ts';
import { readSettings } from '../schema.ts';
import type { AssociationRow, CategoryRow, CodeRow, SettingsRow } from '../store.server.ts';
import {
  findAssociations,
  findOpenAssociations,
  findPrefectural,
  listCategories,
  listChain,
  listChildren,
  listCodes,
  listOfPrefecture,
  listPinnedSettings,
  listSettingsOn,
} from '../store.server.ts';

/** Questions about associations that other features ask inside their own transaction. No personal data. */

export type Association = AssociationRow;
export type MemberCategory = CategoryRow;
export type CodeValue = CodeRow;
export type PinnedSettings = { associationId: number; version: number; startsOn: Day; settings: AssociationSettings };

/** Associations by id on a day, lowest layer first, closed ones too; ids that do not exist are missing from the answer. */
export async function associationsById(tx: ReadTransaction, ids: readonly number[], on: Day): Promise<Association[]> {
  return await findAssociations(tx, ids, on);
}

/** The same where something is chosen or sent: closed ones are missing from the answer. */
export async function openAssociationsById(tx: ReadTransaction, ids: readonly number[], on: Day): Promise<Association[]> {
  return await findOpenAssociations(tx, ids, on);
}

/** The chain from one association to the top on a day, lowest first (`rules.md 1.1`). */
export async function chainOf(tx: ReadTransaction, associationId: number, on: Day): Promise<Association[]> {
  return await listChain(tx, associationId, on);
}

/** Associations one may join first in a prefecture: leaves of its tree, narrowed by part of the name. */
export async function joinableIn(tx: ReadTransaction, prefectureCode: string, ask: { name: string; on: Day }): Promise<Association[]> {
  return await listOfPrefecture(tx, prefectureCode, { nameFold: foldName(ask.name), on: ask.on });
}

/** The 都道府県医師会 of a prefecture on a day; undefined where the code is none. */
export async function prefecturalOf(tx: ReadTransaction, prefectureCode: string, on: Day): Promise<Association | undefined> {
  return await findPrefectural(tx, prefectureCode, on);
}

/** The associations directly below one on a day. */
export async function childrenOf(tx: ReadTransaction, associationId: number, on: Day): Promise<Association[]> {
  return await listChildren(tx, associationId, on);
}

function typed(row: SettingsRow): PinnedSettings {
  return { ...row, settings: readSettings(row.settings) };
}

/** Settings in force on a day; every association has at least version 1. */
export async function settingsOn(tx: ReadTransaction, ids: readonly number[], on: Day): Promise<PinnedSettings[]> {
  return (await listSettingsOn(tx, ids, on)).map(typed);
}

/** The versions that running applications were submitted under (`rules.md 4.1`). */
export async function pinnedSettings(
  tx: ReadTransaction,
  pins: readonly { associationId: number; version: number }[],
): Promise<PinnedSettings[]> {
  return (await listPinnedSettings(tx, pins)).map(typed);
}

/** The member categories of associations in force on a day, in their order. */
export async function categoriesOf(tx: ReadTransaction, ids: readonly number[], on: Day): Promise<MemberCategory[]> {
  return await listCategories(tx, ids, on);
}

/** A code list (`db/masters`): work, position, designation, department, school, reason lists, prefecture, ownerType. */
export async function codeList(tx: ReadTransaction, list: string, on: Day): Promise<CodeValue[]> {
  return await listCodes(tx, [list], on);
}

/** Several code lists in one reading: a list's values by its name. */
export async function codeLists<L extends string>(
  tx: ReadTransaction,
  lists: readonly L[],
  on: Day,
): Promise<(list: L) => readonly CodeValue[]> {
  const found = Map.groupBy(await listCodes(tx, lists, on), (row) => row.list);
  return (list) => found.get(list) ?? [];
}
