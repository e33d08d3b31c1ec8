import type { ServerBuild, LoaderFunction, ActionFunction } from 'react-router';
import type { Actor } from '#kernel/actor.ts';
import type { AuditRow } from '#platform/audit/audit-row.ts';
import type { Surroundings } from '#platform/context.ts';
import { openDatabase } from '#platform/db/database.ts';
import { makeDoor } from '#platform/http/door.ts';
import type { DoorOptions } from '#platform/http/door-parts.ts';
import type { PageAccess } from '#platform/http/page-access.ts';
import { reportError } from '#platform/http/report-error.ts';
import { makeDoorMiddleware } from '#platform/http/door-middleware.ts';
import { makeLog } from '#platform/log/log.ts';
import { guest, type Visitor } from '#platform/session/visitor.ts';
import { noRenderer } from '#platform/render/renderer.ts';
import { noVault } from '#platform/second-factor/vault.ts';

/** A page of the test build. */
export type TestPage = {
  path: string;
  handle?: { access: PageAccess };
  loader?: LoaderFunction;
  action?: ActionFunction;
  /** Answers by its loader alone, without a page around it. */
  resource?: boolean;
};

const nothing = () => null;

function route(page: TestPage) {
  const module = { ...(page.resource === true ? {} : { default: nothing }), handle: page.handle, loader: page.loader, action: page.action };
  return { id: page.path, parentId: 'root', path: page.path, module };
}

/** A server build without Vite: pages answer as JSON text of their data or error. */
export function buildOf(pages: readonly TestPage[]): ServerBuild {
  const rootRoute = {
    id: 'root',
    path: '',
    module: { default: nothing, ErrorBoundary: nothing, middleware: [makeDoorMiddleware(async () => ({}))] },
  };
  return {
    entry: {
      module: {
        default: (_request, status, headers, context) => {
          const { loaderData, actionData, errors } = context.staticHandlerContext;
          headers.set('Content-Type', 'application/json');
          return new Response(JSON.stringify({ loaderData, actionData, errors }), { status, headers });
        },
        handleError: reportError,
      },
    },
    routes: { root: rootRoute, ...Object.fromEntries(pages.map((page) => [page.path, route(page)])) },
    assets: { entry: { imports: [], module: '' }, routes: {}, url: '', version: 'test' },
    basename: '/',
    publicPath: '/',
    assetsBuildDirectory: '',
    future: {},
    ssr: true,
    isSpaMode: false,
    prerender: [],
    routeDiscovery: { mode: 'lazy', manifestPath: '/__manifest' },
  };
}

/** Surroundings without a database; what the door writes to the audit is kept in `audited`. */
export function bareSurroundings(audited: AuditRow[]): Surroundings {
  const database = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none', onError: () => undefined });
  return {
    database,
    audit: { write: async (rows) => void audited.push(...rows), drain: async () => undefined },
    files: { put: async () => undefined, get: async () => undefined, remove: async () => undefined, list: async function* () {} },
    render: noRenderer,
    vault: noVault,
    site: { demo: false, version: 'test', origin: 'http://localhost', localMailbox: true },
  };
}

export function visitorOf(actor: Actor): Visitor {
  return { actor, session: { tokenHash: Buffer.alloc(32, actor.kind), idleMinutes: 30 }, timedOut: false };
}

/** Tokens of test visitors: a name padded to the form of a token. */
export function tokenFor(name: string): string {
  return name.padEnd(43, '_');
}

export type TestDoor = {
  fetch: (path: string, init?: RequestInit & { as?: string; from?: string }) => Promise<Response>;
  lines: string[];
  audited: AuditRow[];
};

type Given = { pages: readonly TestPage[]; visitors?: Record<string, Visitor> } & Partial<Omit<DoorOptions, 'settings'>> & {
    settings?: Partial<DoorOptions['settings']>;
  };

/** A door over a test build; `as` is the name of a visitor, `from` the caller's network address. */
export function doorOf(given: Given): TestDoor {
  const lines: string[] = [];
  const audited: AuditRow[] = [];
  const app = makeDoor({
    build: buildOf(given.pages),
    mounts: [],
    readVisitor: async (token) => given.visitors?.[token.replaceAll('_', '')] ?? guest,
    surroundings: bareSurroundings(audited),
    log: makeLog({ level: 'debug', write: (line) => void lines.push(line) }),
    now: () => new Date('2026-01-15T03:00:00Z'),
    ...given,
    settings: { trustProxy: false, sessionSecret: 'secret of the tests, long enough', ...given.settings },
  });
  return {
    lines,
    audited,
    fetch: async (path, init = {}) => {
      const { as, from, ...rest } = init;
      const headers = new Headers(rest.headers);
      const https = given.settings?.publicOrigin?.startsWith('https:') === true;
      if (as !== undefined) headers.append('Cookie', `${https ? '__Host-' : ''}mamis=${tokenFor(as)}`);
      const bindings = { incoming: { socket: { remoteAddress: from ?? '192.0.2.1' } } };
      return await app.fetch(new Request(new URL(path, 'http://localhost:3000'), { redirect: 'manual', ...rest, headers }), bindings);
    },
  };
}
