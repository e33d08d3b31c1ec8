import type { ServerBuild } from 'react-router';
import type { ApiMount } from './api-mount.ts';
import { accessOf, flawOf } from './page-access.ts';
import { isDoorMiddleware } from './door-middleware.ts';

const rootId = 'root';

function pageFlaws(build: Pick<ServerBuild, 'routes'>): string[] {
  return Object.values(build.routes).flatMap((route) => {
    if (route === undefined || route.id === rootId) return [];
    const access = accessOf(route.module.handle);
    if (access === undefined) return [`page route ${route.id} declares no access: export const handle = definePage({ … })`];
    const flaw = flawOf(access);
    return flaw === undefined ? [] : [`page route ${route.id} ${flaw}`];
  });
}

function rootFlaws(build: Pick<ServerBuild, 'routes'>): string[] {
  const enforced = isDoorMiddleware(build.routes[rootId]?.module.middleware?.[0]);
  return enforced ? [] : ['the root route does not carry out the guard: export const middleware = [makeDoorMiddleware(…)]'];
}

/** Middleware is registered for ALL methods under a wildcard and answers nothing by itself. */
function isMiddleware(route: { method: string; path: string }): boolean {
  return route.method === 'ALL' && route.path.endsWith('*');
}

function mountFlaws(mount: ApiMount): string[] {
  const undeclared = mount.app.routes
    .filter((route) => !isMiddleware(route))
    .map((route) => `${route.method} ${route.path}`)
    .filter((key) => !Object.hasOwn(mount.policies, key))
    .map((key) => `API route ${key} of ${mount.path} declares no access`);
  const flawed = Object.entries(mount.policies).flatMap(([key, access]) => {
    const flaw = flawOf(access);
    return flaw === undefined ? [] : [`API route ${key} of ${mount.path} ${flaw}`];
  });
  return [...undeclared, ...flawed];
}

/**
 * Every page and API route says who may call it, what it leaves in the audit and what it may cost; the guard is in place.
 * @throws Error naming every route that does not: the server must not start
 */
export function checkRegistry(build: Pick<ServerBuild, 'routes'>, mounts: readonly ApiMount[]): void {
  const flaws = [...rootFlaws(build), ...pageFlaws(build), ...mounts.flatMap(mountFlaws)];
  if (flaws.length > 0) throw new Error(`Routes without a complete policy:\n- ${[...new Set(flaws)].join('\n- ')}`);
}
