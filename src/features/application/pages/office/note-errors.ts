import type { Refused } from '#kernel/refusal.ts';
import { refused } from '#kernel/refusal.ts';

/** A refusal with its messages at the names that the page uses. */
export function renamed(outcome: Refused, names: Readonly<Record<string, string>>): Refused {
  const { fields, ...rest } = outcome.refusal;
  if (fields === undefined) return outcome;
  return refused({
    ...rest,
    fields: Object.fromEntries(Object.entries(fields).map(([name, messages]) => [names[name] ?? name, messages])),
  });
}
