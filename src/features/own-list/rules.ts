import type { Day } from '#kernel/day.ts';
import { addDays, LAST_DAY } from '#kernel/day.ts';
import type { FieldErrors } from '#kernel/refusal.ts';
import { names, texts } from './labels.ts';

/** Rules of the lists that an association keeps for itself (`screens.md O-20`). */

export type EntryState = 'ahead' | 'current' | 'ended';

/** Where an entry stands on a day; both days belong to it. */
export function stateOn(entry: { startsOn?: Day | undefined; endsOn: Day | null }, today: Day): EntryState {
  if (entry.endsOn !== null && entry.endsOn < today) return 'ended';
  return entry.startsOn !== undefined && entry.startsOn > today ? 'ahead' : 'current';
}

const mostDaysAhead = 5 * 366;

type Period = { startsOn: Day; endsOn: Day | null };

/** Days that cannot stand: a plan beyond five years, an end before the start, an end newly set into the past. */
export function periodErrors(period: Period, around: { today: Day; before: Period | undefined }): FieldErrors {
  const { today, before } = around;
  const last = addDays(today, mostDaysAhead);
  if (period.startsOn > last && period.startsOn !== before?.startsOn) return { startsOn: [texts.tooFar(names.startsOn)] };
  if (period.endsOn === null || period.endsOn === before?.endsOn) return {};
  if (period.endsOn < period.startsOn) return { endsOn: [texts.order] };
  if (period.endsOn < today) return { endsOn: [texts.endFromToday] };
  return period.endsOn > last ? { endsOn: [texts.tooFar(names.endsOn)] } : {};
}

/** An entry takes over from the day after the end: it has begun by then and does not end before. */
export function canSucceed(entry: Period, endsOn: Day): boolean {
  const from = endsOn === LAST_DAY ? endsOn : addDays(endsOn, 1);
  return entry.startsOn <= from && (entry.endsOn === null || entry.endsOn >= from);
}

type Ordered = { id: number; order: number };

/** The ids in their new order: by the typed number, then as they stood; whoever was not named stays behind. */
export function inOrder(present: readonly number[], wished: readonly Ordered[]): number[] {
  const place = new Map(wished.map(({ id, order }) => [id, order]));
  return present.toSorted((a, b) => (place.get(a) ?? Number.MAX_SAFE_INTEGER) - (place.get(b) ?? Number.MAX_SAFE_INTEGER));
}

const mostChoices = 20;
const longestChoice = 40;

/** 選択肢 as typed, one a line. */
export function choicesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** What is wrong with 選択肢; undefined when nothing is. */
export function choicesError(choices: readonly string[]): string | undefined {
  if (choices.length === 0) return texts.noChoices;
  if (choices.length > mostChoices) return texts.tooManyChoices;
  if (choices.some((one) => [...one].length > longestChoice)) return texts.longChoice;
  return new Set(choices).size === choices.length ? undefined : texts.twiceChoice;
}

type Item = { id: number; name: string; kind: string; choices: readonly string[]; endsOn: Day | null };
type Entered = { fieldId: number; value: string };
type Entries<Value extends Entered> = { fields: readonly Item[]; values: readonly Value[] };

/**
 * Values of one association's 独自項目 that another's have a place for: an item in use of the same name and kind, where a choice is
 * one of its own, and where nothing stands yet. `fieldId` is the other's.
 */
export function carriedValues<Value extends Entered>(
  own: Entries<Value>,
  there: Entries<Entered>,
  today: Day,
): { fieldId: number; source: Value }[] {
  const filled = new Set(there.values.filter(({ value }) => value !== '').map(({ fieldId }) => fieldId));
  return own.values.flatMap((source) => {
    const item = own.fields.find(({ id }) => id === source.fieldId);
    const place = there.fields.find(
      ({ name, kind, ...one }) => name === item?.name && kind === item.kind && stateOn(one, today) === 'current',
    );
    if (place === undefined || source.value === '' || filled.has(place.id)) return [];
    return place.kind === 'choice' && !place.choices.includes(source.value) ? [] : [{ fieldId: place.id, source }];
  });
}
