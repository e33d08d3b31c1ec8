import type { FieldErrors } from '#kernel/refusal.ts';
import type { z } from 'zod';

/** Field messages of a failed parse, by dotted path ('' for the whole form); our schemas speak Japanese themselves. */
export function fieldErrors(error: z.ZodError): FieldErrors {
  const fields: Record<string, string[]> = {};
  for (const issue of error.issues) {
    const path = issue.path.join('.');
    (fields[path] ??= []).push(issue.message);
  }
  return fields;
}
