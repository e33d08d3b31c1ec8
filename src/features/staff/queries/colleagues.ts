import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { Colleague } from '../active-staff.store.server.ts';
import { listColleagues } from '../active-staff.store.server.ts';

export type { Colleague };

/** 管理者 and スタッフ of an office who can work on a day: who may be the 担当者 of a case (`screens.md O-05`). */
export async function officeColleagues(tx: ReadTransaction, associationId: number, on: Day): Promise<Colleague[]> {
  return await listColleagues(tx, associationId, on);
}
