import type { JoinShown } from './fields.ts';
import { joinFields } from './fields.ts';

/** Two states of one application side by side. */

export type JoinDifference = { code: string; label: string; before: readonly string[]; after: readonly string[]; changed: boolean };

/** Two states of the same join, field by field. */
export function compareJoins(before: JoinShown, after: JoinShown): readonly JoinDifference[] {
  return joinFields(after).map((field) => {
    const old = field.lines(before);
    const now = field.lines(after);
    return { code: field.code, label: field.label, before: old, after: now, changed: old.join('\n') !== now.join('\n') };
  });
}
