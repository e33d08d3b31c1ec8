/** Names of the list parameters in the address, the same on every list (`screens.md 1.3`). */
export const listParams = { page: 'page', size: 'size', sort: 'sort', after: 'after', before: 'before' } as const;

export type Sort = { key: string; direction: 'asc' | 'desc' };

/** The address with some parameters set or (undefined) taken away; `?` alone when nothing is left. */
export function withParams(search: string, changes: Readonly<Record<string, string | undefined>>): string {
  const params = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) params.delete(name);
    else params.set(name, value);
  }
  return `?${params.toString()}`;
}

/** `sort=key` ascending, `sort=-key` descending. */
export function parseSort(text: string | null): Sort | undefined {
  if (!text) return undefined;
  return text.startsWith('-') ? { key: text.slice(1), direction: 'desc' } : { key: text, direction: 'asc' };
}

/** Where the head of a column leads: its order, then the opposite; always to the first page. */
export function sortHref(search: string, key: string, now: Sort | undefined): string {
  const down = now?.key === key && now.direction === 'asc';
  return withParams(search, {
    [listParams.sort]: down ? `-${key}` : key,
    [listParams.page]: undefined,
    [listParams.after]: undefined,
    [listParams.before]: undefined,
  });
}
