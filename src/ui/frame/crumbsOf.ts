import type { Crumb } from './frameData.ts';

/** What a route exports as `handle` to stand in the breadcrumb: a text, or one made from its loader's data. */
export type CrumbHandle = { crumb: string | ((loaderData: unknown) => string) };

type Match = { pathname: string; handle?: unknown; loaderData?: unknown };

function hasCrumb(handle: unknown): handle is CrumbHandle {
  if (typeof handle !== 'object' || handle === null || !('crumb' in handle)) return false;
  return typeof handle.crumb === 'string' || typeof handle.crumb === 'function';
}

/** The breadcrumb of the matched routes: the top page first, then every route with `handle.crumb`. */
export function crumbsOf(matches: readonly Match[], top: Crumb): readonly Crumb[] {
  const own = matches.flatMap(({ handle, pathname, loaderData }) => {
    if (!hasCrumb(handle)) return [];
    const label = typeof handle.crumb === 'string' ? handle.crumb : handle.crumb(loaderData);
    return [{ label, to: pathname }];
  });
  return [top, ...own.filter((crumb) => crumb.to !== top.to)];
}
