import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { isMoving, isWithdrawn } from '../flow.ts';
import type { ChangeKind } from '../master-fields.ts';
import { endsAssociation } from '../master-fields.ts';
import { findChange } from '../master.store.server.ts';
import type { FirstAdmin } from '../reorganisation.store.server.ts';
import { findFirstAdmin, listMovers, listMovingChanges, listUntold } from '../reorganisation.store.server.ts';
import { findAssociations } from '../store.server.ts';

/** 合併 and 分割 under way, for the floor that moves the members; and 初期管理者, for who invites them. Asked by the system. */

export type Move = {
  id: string;
  kind: ChangeKind;
  from: { id: number; name: string };
  to: { id: number; name: string };
  startsOn: Day;
  categories: ReadonlyMap<number, number>;
};

/** A change whose members are on their way; undefined for every other. */
export async function moveUnderWay(tx: ReadTransaction, id: string): Promise<Move | undefined> {
  const change = await findChange(tx, id);
  if (change === undefined || change.targetId === null || !isMoving(change.state)) return undefined;
  const { associationId, targetId, startsOn } = change;
  const found = await findAssociations(tx, [associationId, targetId], startsOn);
  const named = (own: number) => ({ id: own, name: found.find((one) => one.id === own)?.name ?? '' });
  const categories = new Map(Object.entries(change.categoryMap).map(([own, other]) => [Number(own), other]));
  return { id, kind: change.kind, from: named(associationId), to: named(targetId), startsOn, categories };
}

/** The next members who are to move. */
export async function nextMovers(tx: ReadTransaction, id: string, ask: { retryBefore: Date; most: number }): Promise<string[]> {
  return await listMovers(tx, id, ask);
}

/** Members who were carried over and have not been told. */
export async function movedUntold(tx: ReadTransaction, id: string, most: number): Promise<string[]> {
  return await listUntold(tx, id, most);
}

/** All changes whose members are on their way. */
export async function movesUnderWay(tx: ReadTransaction): Promise<string[]> {
  return await listMovingChanges(tx);
}

export type Ending = {
  from: { id: number; name: string };
  /** Where its members go by 合併. */
  to: { id: number; name: string } | undefined;
  startsOn: Day;
  /** The staff are carried over, too. */
  carriesStaff: boolean;
  /** False once it has been taken back. */
  planned: boolean;
};

/** An association that a reserved change ends, and where its members go; undefined for every other change. */
export async function endingOf(tx: ReadTransaction, id: string): Promise<Ending | undefined> {
  const change = await findChange(tx, id);
  if (change === undefined || !endsAssociation(change.kind)) return undefined;
  const { associationId, targetId, startsOn } = change;
  const found = await findAssociations(tx, [associationId, ...(targetId === null ? [] : [targetId])], startsOn);
  const named = (own: number) => ({ id: own, name: found.find((one) => one.id === own)?.name ?? '' });
  const to = targetId === null ? undefined : named(targetId);
  return { from: named(associationId), to, startsOn, carriesStaff: change.carriesStaff, planned: !isWithdrawn(change.state) };
}

/** Who was named as the first 管理者 of an association. */
export async function firstAdminOf(tx: ReadTransaction, id: string): Promise<FirstAdmin | undefined> {
  return await findFirstAdmin(tx, id);
}
