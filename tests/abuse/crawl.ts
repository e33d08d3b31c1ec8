import { matchPath } from 'react-router';
import { newId } from '#kernel/id.ts';
import type { Caller } from '#support/calls.ts';
import { allRoutes } from '#support/routes.ts';
import type { Form } from './pages.ts';
import { readPage } from './pages.ts';

/** What there is to abuse: every registered page as somebody really finds it, so that new pages are covered by themselves. */

/** The cookie is renewed now and then: some requests log out. */
export type Visitor = { readonly name: string; cookie: string };

/** A page that was shown to somebody, under a real address, with its forms and the parameters that links give it. */
export type Surface = { route: string; path: string; visitor: Visitor; forms: readonly Form[]; parameters: readonly string[] };

/** What one visitor found; `ways` are the routes to which a form or a link of these pages leads. */
type Found = { surfaces: Surface[]; ways: Set<string> };

/** Pages of one route opened by one visitor, with the same parameters and with any: more would say nothing new. */
const mostOfAKind = 5;
const mostOfARoute = 14;

function routeOf(path: string, patterns: readonly string[]): string | undefined {
  return (
    patterns.find((pattern) => !pattern.includes(':') && pattern === path) ??
    patterns.find((pattern) => !pattern.endsWith('*') && matchPath(pattern, path)) ??
    patterns.find((pattern) => pattern.endsWith('*'))
  );
}

function invented(pattern: string): string {
  return pattern.replaceAll(/:\w+/g, () => newId());
}

/** Follows links from every page without parameters and from these addresses, as one visitor. */
async function crawlAs(
  caller: Caller,
  visitor: Visitor,
  ask: { patterns: readonly string[]; addresses: readonly string[] },
): Promise<Found> {
  const { patterns } = ask;
  const surfaces: Surface[] = [];
  const ways = new Set<string>();
  const opened = new Map<string, number>();
  const seen = new Set<string>();
  const waiting = [...patterns.filter((pattern) => !pattern.includes(':')), ...ask.addresses];
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    const url = new URL(address, caller.origin);
    const route = routeOf(url.pathname, patterns);
    const parameters = [...url.searchParams.keys()].sort();
    const kind = `${route}?${parameters.join()}`;
    const [ofKind, ofRoute] = [opened.get(kind) ?? 0, opened.get(route ?? '') ?? 0];
    if (route === undefined || seen.has(address) || ofKind >= mostOfAKind || ofRoute >= mostOfARoute) continue;
    seen.add(address);
    opened.set(kind, ofKind + 1).set(route, ofRoute + 1);
    const answer = await caller.call({ path: address, headers: { Cookie: visitor.cookie } });
    if (!('body' in answer) || answer.status !== 200) continue;
    const page = readPage(answer.body, address);
    surfaces.push({ route, path: url.pathname, visitor, forms: page.forms, parameters });
    for (const way of [...page.links, ...page.pictures, ...page.forms.map((form) => form.action)]) {
      const to = routeOf(new URL(way, url).pathname, patterns);
      if (to !== undefined) ways.add(to);
    }
    waiting.push(...page.links);
  }
  return { surfaces, ways };
}

/**
 * All surfaces of these routes; one that nobody was shown is there under an invented address. `unseen`: nobody was shown the
 * page, nor a form or a link that leads to it.
 */
export async function crawl(
  caller: Caller,
  visitors: readonly Visitor[],
  { pages = allRoutes().pages, addresses = [] }: { pages?: readonly string[] | undefined; addresses?: readonly string[] } = {},
): Promise<{ surfaces: Surface[]; unseen: string[] }> {
  const found = await Promise.all(visitors.map(async (visitor) => await crawlAs(caller, visitor, { patterns: pages, addresses })));
  const surfaces = found.flatMap((one) => one.surfaces);
  const closed = pages.filter((route) => !surfaces.some((surface) => surface.route === route));
  const unseen = closed.filter((route) => !found.some((one) => one.ways.has(route)));
  const blind = closed.flatMap((route) =>
    visitors.map((visitor): Surface => ({ route, path: invented(route), visitor, forms: [], parameters: ['id', 'q', 'after'] })),
  );
  return { surfaces: [...surfaces, ...blind], unseen };
}
