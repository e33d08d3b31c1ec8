import type { Day } from '#kernel/day.ts';
import { dayOfInstant } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { HistoryRow } from '../history.store.server.ts';
import { listHistory } from '../history.store.server.ts';
import type { EventWord } from '../labels.ts';
import { eventText, eventWord, periodNote } from '../labels.ts';
import { listPeriods, listPhases } from '../store.server.ts';

/** 医師会入退会履歴 (`screens.md D-12`), for queries of higher floors. */

export type HistoryLine = {
  id: number;
  associationId: number;
  associationName: string;
  facilityName: string;
  kind: EventWord;
  on: Day;
  /** 入会(区分A1) */
  what: string;
  /** Name of the 会員区分; '' where the line is about none. */
  category: string;
  ahead: boolean;
  /** The day on which a correction replaced this line; it is kept and struck. */
  correctedOn: Day | undefined;
  /** This line is itself a correction. */
  isCorrection: boolean;
  stepId: string | null;
};

function lineOf(row: HistoryRow, all: readonly HistoryRow[], today: Day): HistoryLine[] {
  const kind = eventWord(row.correctedKind ?? row.kind);
  if (kind === undefined) return [];
  const replaced = all.find((other) => other.supersedes === row.id);
  return [
    {
      id: row.id,
      associationId: row.associationId,
      associationName: row.associationName,
      facilityName: row.facilityName ?? '',
      kind,
      on: row.effectiveOn,
      what: eventText(kind, row.categoryName),
      category: row.categoryName ?? '',
      ahead: row.effectiveOn > today,
      correctedOn: replaced === undefined ? undefined : dayOfInstant(replaced.recordedAt),
      isCorrection: row.kind === 'corrected',
      stepId: row.stepId,
    },
  ];
}

/** Lines of the ledger in scope of the actor, newest day first, within an optional period. */
export async function historyOf(
  tx: ReadTransaction,
  ask: { personId: string; from: Day | undefined; to: Day | undefined; today: Day },
): Promise<HistoryLine[]> {
  const rows = await listHistory(tx, ask.personId);
  return rows
    .flatMap((row) => lineOf(row, rows, ask.today))
    .filter((line) => (ask.from === undefined || line.on >= ask.from) && (ask.to === undefined || line.on <= ask.to));
}

export type HistoryPeriod = { key: string; label: string; from: Day; to: Day | undefined; note: string };

function noteOf(period: { joinedOn: Day; leftOn: Day | null }, categories: readonly string[], today: Day): string {
  return periodNote(
    categories,
    period.joinedOn > today ? 'joining' : period.leftOn !== null && period.leftOn >= today ? 'leaving' : undefined,
  );
}

/**
 * Periods per association for the bars of 「医師会ごとに表示」, lowest layer first; those that touch an optional span of days.
 * Names come from the ledger's own lines, so that an association that no longer exists keeps its place.
 */
export async function periodBarsOf(
  tx: ReadTransaction,
  ask: { personId: string; from: Day | undefined; to: Day | undefined; today: Day },
): Promise<HistoryPeriod[]> {
  const rows = await listHistory(tx, ask.personId);
  const known = new Map(rows.toReversed().map((row) => [row.associationId, { name: row.associationName, layer: row.layer }]));
  const phases = (await listPhases(tx, ask.personId)).toReversed();
  const periods = (await listPeriods(tx, ask.personId)).filter(
    (period) =>
      (ask.to === undefined || period.joinedOn <= ask.to) &&
      (ask.from === undefined || period.leftOn === null || period.leftOn >= ask.from),
  );
  return periods
    .map((period) => ({ period, association: known.get(period.associationId) }))
    .toSorted((a, b) => (b.association?.layer ?? 0) - (a.association?.layer ?? 0))
    .map(({ period, association }) => {
      const categories = phases
        .filter((phase) => phase.associationId === period.associationId && phase.joinedOn === period.joinedOn)
        .map((phase) => phase.categoryName);
      return {
        key: `${period.associationId}-${period.joinedOn}`,
        label: association?.name ?? '',
        from: period.joinedOn,
        to: period.leftOn ?? undefined,
        note: noteOf(period, [...new Set(categories)], ask.today),
      };
    });
}
