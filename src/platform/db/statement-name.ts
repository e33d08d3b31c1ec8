/**
 * Names under which connections keep a statement parsed and planned. The same text gets the same name for the life of the
 * process; texts beyond the first few hundred (lists of changing length) stay without one, so that no connection hoards plans.
 */
const names = new Map<string, string>();
const mostNames = 400;

/** The name of a statement's text; undefined when it is to be parsed anew each time. */
export function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= mostNames) return known;
  const name = `m${names.size + 1}`;
  names.set(text, name);
  return name;
}
