type Match = { pathname: string; handle?: unknown };

/** A list whose own question failed, while all around it works. */
export type FailedList = { title: string; to: string };

/**
 * The list among the matched pages, if an error of this status is one of its question (`screens.md 1.3`): it failed or
 * took too long (5xx). Anything else, and any other page, has its own error page.
 */
export function failedListOf(matches: readonly Match[], status: number): FailedList | undefined {
  const page = matches.at(-1);
  if (status < 500 || page === undefined) return undefined;
  const title = titleOf(page.handle);
  return title === undefined ? undefined : { title, to: page.pathname };
}

/** `definePage({ title, list: true, … })` of the route. */
function titleOf(handle: unknown): string | undefined {
  if (typeof handle !== 'object' || handle === null || !('list' in handle) || handle.list !== true || !('access' in handle))
    return undefined;
  const { access } = handle;
  if (typeof access !== 'object' || access === null || !('title' in access)) return undefined;
  return typeof access.title === 'string' ? access.title : undefined;
}
