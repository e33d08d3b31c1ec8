import { partsOfDay } from '#kernel/day.ts';
import type { Outcome } from '#kernel/refusal.ts';
import { accepted, refuseFields } from '#kernel/refusal.ts';
import { fieldErrors } from '#platform/command/parse.ts';
import { textOf } from '#ui/fields/formState.tsx';
import { monthlyInput } from '../../settings-input-schema.ts';
import { monthlyMeetings } from '../../settings-rules.ts';
import type { SettingsValues } from './form-values.ts';
import { withMeetings } from './form-values.ts';

/** 毎月第n○曜で作成: the days join those that are typed already. */
export function withMonthly(values: SettingsValues): Outcome<SettingsValues> {
  const typed = (name: string) => textOf(values[`monthly.${name}`]) ?? '';
  const asked = monthlyInput.safeParse({ nth: typed('nth'), on: typed('on'), from: typed('from'), months: typed('months') });
  if (!asked.success)
    return refuseFields(Object.fromEntries(Object.entries(fieldErrors(asked.error)).map(([name, texts]) => [`monthly.${name}`, texts])));
  const { nth, on, from, months } = asked.data;
  const { year, month } = partsOfDay(from);
  const days = monthlyMeetings({ nth, on, year, month, months }).filter((day) => day >= from);
  return accepted(withMeetings(values, days));
}
