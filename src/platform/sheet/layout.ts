/** The head line of a CSV file that came in against the layout it should have (`screens.md §9`). */

/** Columns that are missing, too many or at a wrong place; none when the head is right. */
export function wrongColumns(head: readonly string[], wanted: readonly string[]): string[] {
  const missing = wanted.filter((label) => !head.includes(label));
  const others = head.filter((label) => !wanted.includes(label));
  const wrong = missing.length + others.length > 0 ? [...missing, ...others] : wanted.filter((label, place) => head[place] !== label);
  // A foreign file may hold anything: what is said of it stays short.
  return wrong.map((label) => label.slice(0, 40)).slice(0, 20);
}
