import { matchRoutes, type RouteObject, type ServerBuild } from 'react-router';
import { holdAt } from './hold.ts';
import { mayOpen, type PageAccess, accessOf, pageLimits } from './page-access.ts';
import { isSafeMethod } from './origin.ts';
import type { Verdict } from './verdict.ts';
import type { Visitor } from '../session/visitor.ts';

/** What is known of the address of a request before anything runs. */
export type Target = {
  /** Policies of the page and of the layouts around it; empty for an address that does not exist. */
  accesses: readonly PageAccess[];
  /** Page id for logs; never the address itself, which may hold anything. */
  name: string;
  takesChanges: boolean;
  limits: PageAccess['limits'];
};

type Node = { route: RouteObject & { id: string }; access: PageAccess | undefined; takesChanges: boolean };

const nowhere: Target = { accesses: [], name: 'none', takesChanges: false, limits: pageLimits };

/** The address without the marks of React Router's data requests; the same reading as the router's own. */
export function pagePath(url: URL): { pathname: string; search: string; isData: boolean } {
  const isData = url.pathname.endsWith('.data');
  const pathname = url.pathname.endsWith('/_.data') ? url.pathname.replace(/_\.data$/, '') : url.pathname.replace(/\.data$/, '');
  const search = new URLSearchParams(url.search);
  search.delete('_routes');
  search.delete('index');
  const text = search.toString();
  return { pathname, search: text === '' ? '' : `?${text}`, isData };
}

function nodesOf(routes: ServerBuild['routes']): Map<string, Node> {
  const nodes = new Map<string, Node>();
  for (const route of Object.values(routes)) {
    if (route === undefined) continue;
    const place = { id: route.id, path: route.path, caseSensitive: route.caseSensitive };
    const node = route.index === true ? { ...place, index: true as const } : { ...place, children: [] };
    nodes.set(route.id, { route: node, access: accessOf(route.module.handle), takesChanges: route.module.action !== undefined });
  }
  return nodes;
}

function treeOf(routes: ServerBuild['routes'], nodes: ReadonlyMap<string, Node>): RouteObject[] {
  const tops: RouteObject[] = [];
  for (const route of Object.values(routes)) {
    const node = route === undefined ? undefined : nodes.get(route.id)?.route;
    if (route === undefined || node === undefined) continue;
    const parent = route.parentId === undefined ? undefined : nodes.get(route.parentId)?.route;
    (parent === undefined ? tops : (parent.children ??= [])).push(node);
  }
  return tops;
}

/** Finds the target of a path among the routes of the build. */
export function makeTargetFinder(build: Pick<ServerBuild, 'routes' | 'basename'>): (pathname: string) => Target {
  const nodes = nodesOf(build.routes);
  const tree = treeOf(build.routes, nodes);
  return (pathname) => {
    const matches = matchRoutes(tree, pathname, build.basename);
    if (matches === null) return nowhere;
    const found = matches.flatMap(({ route }) => (route.id === undefined ? [] : (nodes.get(route.id) ?? [])));
    const accesses = found.flatMap(({ access }) => (access === undefined ? [] : [access]));
    const page = accesses.at(-1);
    return {
      accesses,
      name: page?.id ?? 'none',
      takesChanges: found.some((node) => node.takesChanges),
      limits: page?.limits ?? pageLimits,
    };
  };
}

/** Longer addresses are not led back to: nobody types them, and a header has its limit. */
const NEXT_MAX = 2_000;

function loginAddress(next: string, timedOut: boolean): string {
  const query = new URLSearchParams(next === '/' || next.length > NEXT_MAX ? {} : { next });
  if (timedOut) query.set('timeout', '1');
  const text = query.toString();
  return text === '' ? '/login' : `/login?${text}`;
}

/** Where a held-up visitor is sent, with the way back to what he wanted to read. */
function holdAddress(to: string, request: { method: string; pathname: string; search: string }): string {
  const next = `${request.pathname}${request.search}`;
  if (!isSafeMethod(request.method) || next === '/' || next.length > NEXT_MAX) return to;
  return `${to}?${new URLSearchParams({ next }).toString()}`;
}

/** Whether a visitor may go on (`screens.md 1.6`): guests are sent to the login page, the held-up to what holds them, others are refused. */
export function judge(target: Target, visitor: Visitor, request: { method: string; pathname: string; search: string }): Verdict {
  if (target.accesses.length === 0) return { kind: 'pass' }; // the router answers 404
  if (!target.accesses.every((access) => mayOpen(visitor.actor, access))) {
    if (visitor.actor.kind !== 'guest') return { kind: 'refuse', status: 403 };
    const next = isSafeMethod(request.method) ? `${request.pathname}${request.search}` : request.pathname;
    return { kind: 'redirect', to: loginAddress(next, visitor.timedOut) };
  }
  if (!isSafeMethod(request.method) && !(request.method === 'POST' && target.takesChanges)) return { kind: 'refuse', status: 405 };
  const page = target.accesses.at(-1);
  const hold = page === undefined ? undefined : holdAt(visitor, page, request.method);
  if (hold !== undefined) return { kind: 'redirect', to: holdAddress(hold.to, request) };
  return { kind: 'pass' };
}
