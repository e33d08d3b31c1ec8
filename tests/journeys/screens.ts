import routes from '../../src/routes.ts';

/** The screens of the product by the paths of their routes: those that show something (`.tsx`). */

type Route = { path?: string | undefined; file: string; children?: readonly Route[] | undefined };

function pathsOf(list: readonly Route[], above: string): string[] {
  return list.flatMap((route) => {
    const path = [above, route.path].filter(Boolean).join('/');
    // A route around others shows nothing by itself.
    if (route.children !== undefined) return pathsOf(route.children, path);
    return route.file.endsWith('.tsx') ? [path] : [];
  });
}

export const screens: readonly string[] = [...new Set(pathsOf(routes, ''))].sort();
