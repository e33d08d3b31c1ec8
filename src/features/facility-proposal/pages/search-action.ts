import { facilityOptions, facilitySearch } from '#features/facility/queries/facility.ts';
import { ask } from '#platform/command/query.ts';
import type { Context } from '#platform/context.ts';
import type { FormValues } from '#platform/http/form.ts';

/** The text of a field as it was posted; '' where there is none. */
export function textOf(values: FormValues, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value : '';
}

/** What a page shows after 検索 without script: the hits, and nothing chosen. */
export async function searchedForOther(ctx: Context, values: FormValues) {
  const found = await ask(facilitySearch, ctx, { q: textOf(values, 'otherIdQuery'), prefecture: '' });
  const hits = found.ok ? facilityOptions(found.value) : [];
  return { refusal: undefined, values: { ...values, otherId: '' }, hits, chosen: undefined };
}
