import type { Crumb } from './frameData.ts';

/** A page between, so many parts of the address above the route. */
type Above = { label: string; up: number };

/** What a route exports as `handle` to stand in the breadcrumb: a text, or one made from its loader's data. */
export type CrumbHandle = { crumb: string | ((loaderData: unknown) => string); under?: readonly Above[] };

type Match = { pathname: string; handle?: unknown; loaderData?: unknown };

function hasCrumb(handle: unknown): handle is CrumbHandle {
  if (typeof handle !== 'object' || handle === null || !('crumb' in handle)) return false;
  return typeof handle.crumb === 'string' || typeof handle.crumb === 'function';
}

/** The breadcrumb of the matched routes: the top page first, then every route with `handle.crumb` and what it stands under. */
export function crumbsOf(matches: readonly Match[], top: Crumb): readonly Crumb[] {
  const own = matches.flatMap(({ handle, pathname, loaderData }) => {
    if (!hasCrumb(handle)) return [];
    const label = typeof handle.crumb === 'string' ? handle.crumb : handle.crumb(loaderData);
    const above = (handle.under ?? []).map((one) => ({ label: one.label, to: partsUp(pathname, one.up) }));
    return [...above, { label, to: pathname }];
  });
  return [top, ...own.filter((crumb) => crumb.to !== top.to)];
}

function partsUp(pathname: string, up: number): string {
  return pathname.replace(/\/$/, '').split('/').slice(0, -up).join('/');
}
