import { createHash } from 'node:crypto';

/**
 * Names under which connections keep a statement parsed and planned. The same text gets the same name for the life of the
 * process, made from the text itself: pages (bundled) and jobs are two copies of this file on the same connections. Texts beyond the first few hundred (lists of changing length) stay without one, so that no connection hoards plans.
 */
const names = new Map<string, string>();
const mostNames = 400;

/** The name of a statement's text; undefined when it is to be parsed anew each time. */
export function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= mostNames) return known;
  const name = `m${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
  names.set(text, name);
  return name;
}
