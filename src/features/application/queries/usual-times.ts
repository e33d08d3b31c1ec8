import { systemSettingsOf } from '#features/system-settings/queries/system-settings.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { ApplicationKind } from '../flow.ts';
import { listUsualTimes } from '../usual-time.store.server.ts';

/**
 * Working days that each of these offices usually takes for this kind, from its last year; offices with too few cases are
 * missing. At least 1: nobody is promised today (`screens.md D-07`).
 */
export async function usualTimesOf(
  tx: ReadTransaction,
  ask: { associationIds: readonly number[]; kind: ApplicationKind },
): Promise<Map<number, number>> {
  const { usualTimeCases } = await systemSettingsOf(tx);
  const enough = (await listUsualTimes(tx, ask)).filter((row) => row.cases >= usualTimeCases);
  return new Map(enough.map((row) => [row.associationId, Math.max(1, row.workingDays)]));
}
