import type { Day } from '#kernel/day.ts';
import { dayOfInstant } from '#kernel/day.ts';
import { associationsById } from '#features/association/queries/directory.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { HistoryRow } from '../history.store.server.ts';
import { listHistory } from '../history.store.server.ts';
import { listPeriods } from '../store.server.ts';

/** 医師会入退会履歴 (`screens.md D-12`), for queries of higher floors. */

export type HistoryLine = {
  id: number;
  associationName: string;
  facilityName: string;
  /** 入会, 異動 or 退会. */
  kind: '入会' | '異動' | '退会';
  on: Day;
  /** 入会(区分A1) */
  what: string;
  ahead: boolean;
  /** The day on which a correction replaced this line; it is kept and struck. */
  correctedOn: Day | undefined;
  /** This line is itself a correction. */
  isCorrection: boolean;
  stepId: string | null;
};

const kinds: Readonly<Record<string, HistoryLine['kind']>> = { joined: '入会', left: '退会', category_changed: '異動', facility_changed: '異動' };

function lineOf(row: HistoryRow, all: readonly HistoryRow[], today: Day): HistoryLine[] {
  const kind = kinds[row.correctedKind ?? row.kind];
  if (kind === undefined) return [];
  const replaced = all.find((other) => other.supersedes === row.id);
  return [{
    id: row.id, associationName: row.associationName, facilityName: row.facilityName ?? '', kind, on: row.effectiveOn,
    what: row.categoryName === null ? kind : `${kind}(区分${row.categoryName})`,
    ahead: row.effectiveOn > today, correctedOn: replaced === undefined ? undefined : dayOfInstant(replaced.recordedAt),
    isCorrection: row.kind === 'corrected', stepId: row.stepId,
  }];
}

/** Lines of the ledger in scope of the actor, newest day first, within an optional period. */
export async function historyOf(tx: ReadTransaction, ask: { personId: string; from: Day | undefined; to: Day | undefined; today: Day }): Promise<HistoryLine[]> {
  const rows = await listHistory(tx, ask.personId);
  return rows
    .flatMap((row) => lineOf(row, rows, ask.today))
    .filter((line) => (ask.from === undefined || line.on >= ask.from) && (ask.to === undefined || line.on <= ask.to));
}

export type HistoryPeriod = { key: string; label: string; from: Day; to: Day | undefined; ahead: boolean };

/** Periods per association, layer by layer, for the bars of 「医師会ごとに表示」. */
export async function periodBarsOf(tx: ReadTransaction, personId: string, today: Day): Promise<HistoryPeriod[]> {
  const periods = await listPeriods(tx, personId);
  const associations = await associationsById(tx, [...new Set(periods.map((period) => period.associationId))], today);
  return associations.flatMap((association) =>
    periods.filter((period) => period.associationId === association.id).map((period) => ({
      key: `${association.id}-${period.joinedOn}`, label: association.name, from: period.joinedOn, to: period.leftOn ?? undefined, ahead: period.joinedOn > today,
    })));
}
