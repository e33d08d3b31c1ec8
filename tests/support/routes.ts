import { api } from '#main/api.ts';
import routes from '../../src/routes.ts';

type Entry = { path?: string | undefined; index?: boolean | undefined; children?: Entry[] | undefined };

/** Paths of all pages, as the build collects them. */
function pathsOf(entries: readonly Entry[], above = ''): string[] {
  return entries.flatMap((entry) => {
    const path = entry.path === undefined ? above : `${above}/${entry.path}`;
    return entry.children === undefined || entry.children.length === 0 ? [path === '' ? '/' : path] : pathsOf(entry.children, path);
  });
}

/** Every route of the product as it is registered. */
export function allRoutes(): { pages: string[]; calls: string[] } {
  return { pages: [...new Set(pathsOf(routes))], calls: Object.keys(api.policies) };
}
