import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { codeList } from '#features/association/queries/directory.ts';
import { foldLedger } from '../rules.ts';
import { listEvents } from '../store.server.ts';

/** The word for a reason kept in the ledger: the label of a 退会事由 code, or the text itself. */
export async function leavingReasons(tx: ReadTransaction, on: Day): Promise<(reason: string) => string> {
  const labels = new Map((await codeList(tx, 'reason.withdrawal', on)).map((row) => [row.code, row.label]));
  return (reason) => labels.get(reason) ?? reason;
}

export type Leaving = { leftOn: Day; reason: string };

/** Memberships of a person in one association that have ended or will end, oldest first; from the events themselves. */
export async function leavingsIn(tx: ReadTransaction, ask: { personId: string; associationId: number; on: Day }): Promise<Leaving[]> {
  const folded = foldLedger(await listEvents(tx, ask.personId, ask.associationId));
  if (!folded.ok) throw new Error(`ledger event ${folded.fault.eventId}: ${folded.fault.fault}`);
  const ended = folded.periods.flatMap(({ leftOn, leftReason }) => (leftOn === null ? [] : [{ leftOn, reason: leftReason }]));
  if (ended.length === 0) return [];
  const words = await leavingReasons(tx, ask.on);
  return ended.map((one) => ({ leftOn: one.leftOn, reason: words(one.reason) }));
}
