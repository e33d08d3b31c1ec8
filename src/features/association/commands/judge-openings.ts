import type { Day } from '#kernel/day.ts';
import type { ReadTransaction } from '#platform/db/transaction.ts';
import type { MasterRow } from '../master-fields.ts';
import { findMaster } from '../master-list.store.server.ts';
import { masterTexts as texts } from '../master-messages.ts';
import type { AdminCells, Cells, Fault } from '../master-sheet.ts';
import type { KeptOpening } from '../opening.store.server.ts';
import { listWaitingCodes } from '../opening.store.server.ts';
import type { Above, LineOpening } from '../opening-sheet.ts';
import { placeInTree, placeOf, readOpening } from '../opening-sheet.ts';

/** The new associations of a file (`screens.md J-02`), judged as of now, and once more when the second person opens them. */

export type RawOpening = { line: number; cells: Cells; admin: AdminCells };

type Known = {
  byCode: ReadonlyMap<string, MasterRow>;
  /** Codes that a line of the file closes. */
  closing: ReadonlySet<string>;
  prefectures: ReadonlySet<string>;
  today: Day;
};

/** Reads every new line; one may stand below another of the same file. */
export function readOpenings(raws: readonly RawOpening[], known: Known): { openings: LineOpening[]; faults: Fault[] } {
  const fresh = new Map<string, Above>();
  for (const { cells } of raws) {
    const place = placeOf(cells);
    if (place !== undefined) fresh.set(cells.code, place);
  }
  const above = (code: string) => {
    const row = known.byCode.get(code);
    return row === undefined ? fresh.get(code) : placeInTree(row, known.closing.has(code));
  };
  const openings: LineOpening[] = [];
  const faults: Fault[] = [];
  for (const raw of raws) {
    const read = readOpening({ ...raw, above, prefectures: known.prefectures, today: known.today });
    if ('opening' in read) openings.push(read.opening);
    else faults.push(...read.faults);
  }
  return { openings, faults };
}

/** Codes that wait in another file already. */
export async function waitingFaults(tx: ReadTransaction, openings: readonly LineOpening[]): Promise<Fault[]> {
  const waiting = await listWaitingCodes(
    tx,
    openings.map((one) => one.code),
  );
  return openings
    .filter((one) => waiting.has(one.code))
    .map(({ line, code }) => ({ line, column: 'code' as const, value: code, message: texts.codeWaiting }));
}

/** The same name as another one in the prefecture is no fault, but is said. */
export function sameNamesOfNew(openings: readonly LineOpening[], all: readonly MasterRow[]): Fault[] {
  const key = (one: { prefectureCode: string | null; name: string }) => `${one.prefectureCode ?? ''} ${one.name}`;
  const holders = Map.groupBy([...all.filter((row) => row.closesOn === null), ...openings], key);
  return openings.flatMap((opening): Fault[] => {
    const others = (holders.get(key(opening)) ?? []).filter((one) => one.code !== opening.code);
    if (others.length === 0) return [];
    const message = texts.sameNameAs(others.map((one) => one.code).join('、'));
    return [{ line: opening.line, column: 'name', value: opening.name, message }];
  });
}

/** What has come between since the file was entered; undefined when the association can be opened. */
async function faultNow(
  tx: ReadTransaction,
  one: KeptOpening,
  { fresh, today }: { fresh: ReadonlyMap<string, KeptOpening>; today: Day },
): Promise<string | undefined> {
  if (one.opensOn < today) return texts.openingFromToday;
  const taken = await findMaster(tx, one.code, today);
  if (taken !== undefined) return taken.withdrawn ? texts.codeWithdrawn : texts.codeTaken;
  if (fresh.has(one.parentCode)) return undefined;
  const parent = await findMaster(tx, one.parentCode, one.opensOn);
  if (parent === undefined) return texts.noParent;
  const fits = parent.layer === one.layer - 1 && (parent.closesOn === null || parent.closesOn >= one.opensOn);
  return fits ? undefined : texts.wrongParent;
}

/** Everything that stands against opening these associations now. */
export async function openingsNow(tx: ReadTransaction, openings: readonly KeptOpening[], today: Day): Promise<string[]> {
  const fresh = new Map(openings.map((one) => [one.code, one]));
  const found: string[] = [];
  for (const one of openings) {
    const why = await faultNow(tx, one, { fresh, today });
    if (why !== undefined) found.push(texts.openingGone(one.code, why));
  }
  return found;
}
