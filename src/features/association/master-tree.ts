/** Associations as a tree (`screens.md J-02`). Pure. */

type Placed = { id: number; parentId: number | null };

/**
 * Rows below their parents, in the order they came in; with `found` only those and the ones above them. A row whose parent is
 * not among the rows stands at the top, so that nothing is lost.
 */
export function treeOf<Row extends Placed, Twig>(
  { rows, found }: { rows: readonly Row[]; found: ReadonlySet<number> | undefined },
  twig: (row: Row, below: Twig[]) => Twig,
): Twig[] {
  const known = new Map(rows.map((row) => [row.id, row]));
  const kept = found === undefined ? undefined : new Set<number>();
  for (const id of found ?? []) {
    let row = known.get(id);
    while (row !== undefined && kept?.has(row.id) === false) {
      kept.add(row.id);
      row = row.parentId === null ? undefined : known.get(row.parentId);
    }
  }
  const shown = kept === undefined ? rows : rows.filter((row) => kept.has(row.id));
  const below = Map.groupBy(shown, (row) => (row.parentId !== null && known.has(row.parentId) ? row.parentId : null));
  const grow = (parent: number | null): Twig[] => (below.get(parent) ?? []).map((row) => twig(row, grow(row.id)));
  return grow(null);
}
