import type { FormValues } from '#platform/http/form.ts';

/** What Enter in a text box of 別の担当へ回す sends; without script it would be the form's first button. */
export const passByEnter = 'pass';

const filled = (value: FormValues[string] | undefined): boolean => value !== undefined && value !== '';

/** Enter looks for the 医師会 that was typed; it never passes to another desk than the one that stands in the box. */
export function intentOfEnter(values: FormValues): string {
  if (filled(values['associationId'])) return 'pass:office';
  return filled(values['associationIdQuery']) ? 'search:associationId' : 'pass:section';
}
