import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import { listCodes } from '../store.server.ts';

/** Which list of `reasons.csv`: return, reject, cancel, transfer, change, withdrawal, withdrawal_cancel, correction, proxy, export_purpose. */
export type ReasonUse =
  | 'return'
  | 'reject'
  | 'cancel'
  | 'transfer'
  | 'change'
  | 'withdrawal'
  | 'withdrawal_cancel'
  | 'correction'
  | 'proxy'
  | 'export_purpose';

/** True when every code is one of the list and in use on the day. */
export async function reasonExists(tx: ReadTransaction, ask: { use: ReasonUse; codes: readonly string[]; on: Day }): Promise<boolean> {
  const known = new Set((await listCodes(tx, `reason.${ask.use}`, ask.on)).map((row) => row.code));
  return ask.codes.every((code) => known.has(code));
}
